"""Packages that were built, as facts: for whom, until when who may take them, who took them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from legal_service import labels
from legal_service.errors import Refusal, Words

State = Literal["live", "expired", "revoked"]

labels.register(
    "grant_state",
    {
        "live": ("可下载", "may be downloaded"),
        "expired": ("已到期", "expired"),
        "revoked": ("已撤销", "revoked"),
    },
)

REVOKE_REASONS = ("wrong_person", "wrong_package", "mandate_ended", "newer_package", "suspected_leak")
"""Why a grant is taken back."""

labels.register(
    "revoke_reason",
    {
        "wrong_person": ("授权给了不该授权的人", "granted to the wrong person"),
        "wrong_package": ("授权了不该授权的证据包", "the wrong package was granted"),
        "mandate_ended": ("委托已结束", "the mandate has ended"),
        "newer_package": ("已有新的证据包", "there is a newer package"),
        "suspected_leak": ("疑似外泄", "suspected leak"),
    },
)

HOUSE = (
    "机构内部规则：下载授权须具名、有期限、可撤销（house policy: a grant names a person, ends, and can be taken back）"
)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A package as it was sealed. `sha256` is of the ZIP, `tagmanifest_sha256` of what the timestamp is over; `size` in bytes."""

    export_id: int
    package_id: str
    case_no: str
    package: str
    audience: str
    recipient: str
    dated: date
    filename: str
    size: int
    sha256: str
    tagmanifest_sha256: str
    policy_version: str
    withheld: int
    built_at: datetime | None


@dataclass(frozen=True, slots=True)
class GrantFacts:
    """Who may take a package until which day, and whether that was taken back."""

    id: int
    recipient: str
    until_on: date
    granted_by: str
    granted_at: datetime
    revoked_by: str
    revoked_at: datetime | None

    def state(self, today: date) -> State:
        """Whether the package may be taken under this grant on a day (Shanghai)."""
        return state_of(self.until_on, self.revoked_at, today)


@dataclass(frozen=True, slots=True)
class DownloadFacts:
    """One delivery of the bytes; `grant_id` is None when a colleague took the package."""

    id: int
    by: str
    at: datetime
    grant_id: int | None
    sha256: str


@dataclass(frozen=True, slots=True)
class PackageFacts(Sealed):
    """A package as the house sees it: sealed, by whom, with its grants and its downloads, oldest first."""

    built_by: str
    grants: tuple[GrantFacts, ...]
    downloads: tuple[DownloadFacts, ...]


@dataclass(frozen=True, slots=True)
class Received(Sealed):
    """A package as the person sees it to whom it was granted. `downloaded_at` is when he last took it under this grant.

    Of a grant taken back the package may be out of the reader's sight; its particulars are then empty (`export_id` 0).
    """

    grant_id: int
    granted_by: str
    granted_at: datetime
    until_on: date
    revoked_at: datetime | None
    state: State
    downloaded_at: datetime | None

    @property
    def refusal(self) -> Refusal | None:
        """Why nothing may be taken or read under this grant any more; None while it is live."""
        if self.state == "revoked":
            return grant_revoked()
        return grant_expired(self.until_on) if self.state == "expired" else None


def state_of(until_on: date, revoked_at: datetime | None, today: date) -> State:
    """Revoked goes before expired; the last day itself is still within the grant.

    >>> state_of(date(2026, 11, 23), None, date(2026, 11, 23)), state_of(date(2026, 11, 23), None, date(2026, 11, 24))
    ('live', 'expired')
    """
    if revoked_at is not None:
        return "revoked"
    return "live" if today <= until_on else "expired"


def case_number(package_id: str, package: str, audience: str, dated: date) -> str:
    """The case a package belongs to, from its own name: who sees the package need not see the case.

    >>> case_number("LC-2026-000001-statement_of_claim-court-20261020", "statement_of_claim", "court", date(2026, 10, 20))
    'LC-2026-000001'
    """
    return package_id.removesuffix(f"-{package}-{audience}-{dated:%Y%m%d}")


def unknown_grant() -> Refusal:
    """No such grant, or somebody else's: the two are never told apart."""
    return Refusal(
        "unknown_grant",
        Words(
            zh="没有这项下载授权；请核对链接，或向发送方索取新的授权。",
            en="there is no such grant; check the link or ask the sender for a new one.",
        ),
        HOUSE,
    )


def grant_revoked() -> Refusal:
    """The grant was taken back."""
    return Refusal(
        "grant_revoked",
        Words(
            zh="该下载授权已被撤销；如仍需此证据包，请联系发送方重新授权。",
            en="this grant was taken back; if you still need the package, ask the sender for a new grant.",
        ),
        HOUSE,
    )


def grant_expired(until_on: date) -> Refusal:
    """The grant's last day is past."""
    return Refusal(
        "grant_expired",
        Words(
            zh=f"该下载授权已于 {until_on} 到期；如仍需此证据包，请联系发送方延长。",
            en=f"this grant ended with {until_on}; if you still need the package, ask the sender to extend it.",
        ),
        HOUSE,
    )
