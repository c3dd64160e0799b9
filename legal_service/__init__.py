"""Legal escalation and document service for consumer lenders in mainland China."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

__version__ = "0.1.0"


def create_app() -> "Flask":
    """Build the Flask application (imported late: the command line does not need the web)."""
    from legal_service.application import create_app as build

    return build()
