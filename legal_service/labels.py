"""Chinese and English names of the codes that people see; every code of the contract has one (guarded by tests/house)."""

from __future__ import annotations

from legal_service.errors import Words

_LABELS: dict[str, dict[str, Words]] = {}


def register(family: str, labels: dict[str, tuple[str, str]]) -> None:
    """Name the codes of one family: `register("stage", {"contact": ("催告联系", "contact")})`."""
    table = _LABELS.setdefault(family, {})
    for code, (zh, en) in labels.items():
        table[code] = Words(zh=zh, en=en)


def label(family: str, code: str) -> Words:
    """The words for a code; raises `KeyError` naming family and code."""
    try:
        return _LABELS[family][code]
    except KeyError:
        raise KeyError(f"no label for {family}:{code}") from None


def families() -> dict[str, dict[str, Words]]:
    """All labels known, for the guard test and the documentation."""
    return _LABELS
