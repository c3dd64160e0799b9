"""In which language the API speaks: what the caller's Accept-Language prefers, Chinese when it says nothing."""

from __future__ import annotations

from flask import request

from legal_service.errors import Language

SPOKEN = {"zh": "zh-CN", "en": "en"}
"""Language of the rooms → the tag in Content-Language."""


def language() -> Language:
    """The language of titles, details and labels in this answer."""
    return "en" if request.accept_languages.best_match(list(SPOKEN), default="zh") == "en" else "zh"
