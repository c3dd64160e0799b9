"""Days typed into the forms of a case."""

from __future__ import annotations

from datetime import date

from legal_service import clock
from legal_service.errors import Words
from legal_service.web import forms

NOT_AFTER_TODAY = Words("不得晚于今日", "cannot be after today")


def past_day(name: str, label: Words) -> date:
    """A day that has come; what is recorded has happened."""
    day = forms.the_day(name, label)
    if day > clock.today():
        raise forms.bad_field(name, label, NOT_AFTER_TODAY)
    return day
