"""Returns: by period, as documents, number by number, side by side; and making one."""

from __future__ import annotations

from legal_service.web.guard import Route
from legal_service.web.pages.regulator import differences, number, returns, shown

ISSUE = "<int(max=2147483647):issue_id>"

ROUTES: tuple[Route, ...] = (
    Route("/returns", "returns", returns.show, "return.read"),
    Route("/returns", "return_make", returns.make, "report.make", ("POST",)),
    Route(f"/returns/{ISSUE}", "return_shown", shown.show, "return.read"),
    Route(f"/returns/{ISSUE}", "return_verify", shown.verify, "return.read", ("POST",)),
    Route(f"/returns/{ISSUE}/files/<name>", "return_file", shown.file, "return.read"),
    Route(f"/returns/{ISSUE}/cut", "return_cut", shown.cut, "report.inspect", ("POST",)),
    Route(f"/returns/{ISSUE}/numbers/<key>", "return_number", number.show, "return.read"),
    Route(f"/returns/{ISSUE}/numbers/<key>", "return_number_rows", number.inspect, "report.inspect", ("POST",)),
    Route(f"/returns/{ISSUE}/differences", "return_differences", differences.show, "return.read"),
)
