"""Users, webhooks, the trail."""

from __future__ import annotations

from legal_service.web.guard import Route
from legal_service.web.pages.administration import trail, users, webhooks

ROUTES: tuple[Route, ...] = (
    Route("/users", "users", users.show, "user.read"),
    Route("/users", "user_add", users.add, "user.manage", ("POST",)),
    Route("/users/<int(max=2147483647):user_id>/password", "user_password", users.password, "user.manage", ("POST",)),
    Route("/users/<int(max=2147483647):user_id>/close", "user_close", users.close, "user.manage", ("POST",)),
    Route("/webhooks", "webhooks", webhooks.show, "webhook.manage"),
    Route("/webhooks", "webhook_add", webhooks.add, "webhook.manage", ("POST",)),
    Route("/webhooks/<int(max=2147483647):webhook_id>", "webhook", webhooks.one, "webhook.manage"),
    Route(
        "/webhooks/<int(max=2147483647):webhook_id>/<any(stop, resume, test, rotate):what>",
        "webhook_act",
        webhooks.act,
        "webhook.manage",
        ("POST",),
    ),
    Route("/trail", "trail", trail.show, "trail.read"),
)
