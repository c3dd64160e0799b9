"""What a line of a statement is called in its derivation."""

from __future__ import annotations

from legal_service.errors import Words


def line_name(number: int | None) -> Words:
    """The name of an instalment, or of the acceleration line (None).

    >>> line_name(3).zh, line_name(None).en
    ('第 3 期', 'the accelerated balance')
    """
    if number is None:
        return Words("提前到期部分", "the accelerated balance")
    return Words(f"第 {number} 期", f"instalment {number}")
