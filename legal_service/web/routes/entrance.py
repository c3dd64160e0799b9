"""Signing in, one's own account, probes, assets, and what everybody may read."""

from __future__ import annotations

from legal_service.web import metrics
from legal_service.web.assets import asset, static
from legal_service.web.guard import PUBLIC, SIGNED_IN, Route
from legal_service.web.pages import account, law, notices, overview, probes, sign_in, stages
from legal_service.web.pages.calculator import views as calculator

ROUTES: tuple[Route, ...] = (
    Route("/", "start", sign_in.start, SIGNED_IN),
    Route("/sign-in", "sign_in", sign_in.show, PUBLIC),
    Route("/sign-in", "sign_in_open", sign_in.enter, PUBLIC, ("POST",)),
    Route("/sign-out", "sign_out", sign_in.leave, SIGNED_IN, ("POST",)),
    Route("/session", "session_state", sign_in.state, SIGNED_IN),
    Route("/keyboard", "keyboard", sign_in.keyboard, SIGNED_IN),
    Route("/me", "me", account.show, SIGNED_IN),
    Route("/me/language", "me_language", account.choose_language, SIGNED_IN, ("POST",)),
    Route("/me/keys", "me_keys", account.switch_keys, SIGNED_IN, ("POST",)),
    Route("/me/password", "password", account.password, SIGNED_IN),
    Route("/me/password", "password_change", account.change_password, SIGNED_IN, ("POST",)),
    Route("/me/tokens", "token_make", account.make_token, "token.own", ("POST",)),
    Route(
        "/me/tokens/<int(max=2147483647):token_id>/revoke", "token_revoke", account.revoke_token, "token.own", ("POST",)
    ),
    Route("/overview", "overview", overview.show, "overview.read"),
    Route("/law", "law", law.show, "law.read"),
    Route("/law/stages", "stages", stages.show, "law.read"),
    Route("/law/calculator", "calculator", calculator.contents, "law.read"),
    Route("/law/calculator/<question>", "calculation", calculator.show, "law.read"),
    Route("/law/calculator/<question>", "calculation_personal", calculator.ask, "law.read", ("POST",)),
    Route("/law/notices", "notices", notices.show, "law.read"),
    Route("/law/notices", "notice_look", notices.look, "notice.load", ("POST",)),
    Route("/law/notices/load", "notice_load", notices.load, "notice.load", ("POST",)),
    Route("/healthz", "healthz", probes.healthz, PUBLIC),
    Route("/readyz", "readyz", probes.readyz, PUBLIC),
    Route("/metrics", "metrics", metrics.metrics, PUBLIC),
    Route("/static/<path:filename>", "static", static, PUBLIC),
    Route("/assets/<name>", "asset", asset, PUBLIC),
)
