"""The blanks and boxes of the official form: a ticked box is ☑, an empty one □, an empty blank keeps the room it has in print."""

from __future__ import annotations

from datetime import date

TICKED, EMPTY = "☑", "□"
SPACE = "　"
"""The ideographic space, of which the form's blanks are made."""


def box(ticked: bool) -> str:
    """One box of the form.

    >>> box(True), box(False)
    ('☑', '□')
    """
    return TICKED if ticked else EMPTY


def asked(answer: bool | None) -> dict[str, str]:
    """A question with two boxes; None leaves both empty.

    >>> asked(False)
    {'yes': '□', 'no': '☑'}
    """
    return {"yes": box(answer is True), "no": box(answer is False)}


def room(text: str, ems: int) -> str:
    """A value in a blank that is followed by more words on its line: the empty blank is `ems` wide, a value has one space after it.

    >>> room("", 3), room("甲公司", 6)
    ('　　　', '甲公司　')
    """
    return text + SPACE if text else SPACE * ems


def day(on: date | None) -> dict[str, str]:
    """A date in the three blanks before 年, 月 and 日.

    >>> day(date(2026, 3, 1))
    {'year': '2026', 'month': '3', 'day': '1'}
    """
    if on is None:
        return {"year": SPACE * 2, "month": SPACE * 2, "day": SPACE * 2}
    return {"year": str(on.year), "month": str(on.month), "day": str(on.day)}


def day_text(text: str) -> dict[str, str]:
    """A date given as text: ISO 8601 fills the three blanks; what a redactor put there instead stands before 年.

    >>> day_text("1990-05-01")["month"], day_text("1990年")
    ('5', {'year': '1990', 'month': '　　', 'day': '　　'})
    """
    try:
        return day(date.fromisoformat(text) if text else None)
    except ValueError:
        return {**day(None), "year": text.removesuffix("年")}
