"""Checks of the contact log, the complaints and the documents on the tape."""

from __future__ import annotations

from datetime import date, datetime

from legal_service.contacts.conduct import QUIET_HOURS, in_quiet_hours
from legal_service.intake.rows import Row, Tape
from legal_service.intake.tape import doubt, error


def check_contacts(tape: Tape, today: date) -> None:
    """Check the log: nothing later than today, and outbound calls at night only with recorded consent."""
    for row in tape.rows["contacts"]:
        at = row.values.get("at")
        if not isinstance(at, datetime):
            continue
        if at.date() > today:
            tape.findings.append(
                doubt(
                    "future_date",
                    f"{row.where}:AT",
                    f"联系时间 {at:%Y-%m-%d %H:%M} 晚于导入日 {today}，请核对。",
                    f"contact at {at:%Y-%m-%d %H:%M}, after the day of import ({today}); check it.",
                )
            )
        if in_quiet_hours(at, row.text("direction"), row.text("channel")):
            _quiet_hours(tape, row, at)


def _quiet_hours(tape: Tape, row: Row, at: datetime) -> None:
    if row.text("consent"):
        return
    tape.findings.append(
        doubt(
            "quiet_hours",
            f"{row.where}:AT",
            f"{at:%H:%M} 的主动催收在 22:00 至次日 8:00 之间，且无同意记录；请核对时间（只有日期的按零时计），或补 consent。",
            f"outbound collection at {at:%H:%M}, between 22:00 and 08:00, without recorded consent; check the time "
            "(a date alone counts as midnight), or fill in consent.",
            QUIET_HOURS,
        )
    )


def check_complaints(tape: Tape, today: date) -> None:
    """Check the complaints: closed after they were received, received by today."""
    for row in tape.rows["complaints"]:
        received, closed = row.values.get("received_on"), row.values.get("closed_on")
        if isinstance(received, date) and isinstance(closed, date) and closed < received:
            tape.reject(
                row,
                error(
                    "closed_before_received",
                    f"{row.where}:closed_on",
                    f"办结日期 {closed} 早于受理日期 {received}，请核对。",
                    f"closed on {closed}, before it was received ({received}); check both dates.",
                ),
            )
        tape.doubt_future(row, "received_on", "受理日期", "received", today)
        tape.doubt_future(row, "closed_on", "办结日期", "closed", today)


def check_obtained(tape: Tape, today: date) -> None:
    """Check the documents: obtained by today."""
    for row in tape.rows["documents"]:
        tape.doubt_future(row, "obtained_on", "取得日期", "obtained", today)
