"""The WSGI application that `legal serve` (or any WSGI server) runs: `app:app`."""

from legal_service import create_app

app = create_app()
