"""What a package is made from, as frozen facts: exhibits, filings, statement, logs, and for whom it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from legal_service.money import Fen


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One item to be shown. `content` is None when this audience may not have it, and `withheld` then says why.

    `extension` is the suffix without point; `source` may be empty (the drawer's default is printed); `original_sha256` is the
    vault's hash when `content` is a redacted copy; `proves` replaces the drawer's purpose (needed for `other`).
    """

    kind: str
    name: str
    extension: str
    content: bytes | None
    form: str
    source: str = ""
    obtained_on: date | None = None
    original_sha256: str = ""
    proves: str = ""
    remark: str = ""
    withheld: str = ""


@dataclass(frozen=True, slots=True)
class Filing:
    """One filing of the package. `claim_total` is the sum its facts state, None when it states none."""

    document: str
    name: str
    extension: str
    content: bytes
    claim_total: Fen | None = None


@dataclass(frozen=True, slots=True)
class StatementFiles:
    """The statement of account in its three forms; `json` is read back for the sum claimed."""

    pdf: bytes
    xlsx: bytes
    json: bytes


@dataclass(frozen=True, slots=True)
class PackageFacts:
    """For whom the package is, in which case, for how much. Names are already as this audience may read them."""

    case_no: str
    package: str
    audience: str
    recipient: str
    on: date
    court: str
    cause: str
    submitter: str
    opponents: tuple[str, ...]
    claim_total: Fen

    @property
    def package_id(self) -> str:
        """The name of ZIP and directory: `<CASE_NO>-<package>-<audience>-<yyyymmdd>`."""
        return f"{self.case_no}-{self.package}-{self.audience}-{self.on:%Y%m%d}"


@dataclass(frozen=True, slots=True)
class Logs:
    """The lines of the three logs, in order: custody entries of the items shown, where data came from, what was redacted."""

    custody: Sequence[Mapping[str, Any]]
    provenance: Sequence[Mapping[str, Any]]
    redactions: Sequence[Mapping[str, Any]]
