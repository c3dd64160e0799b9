"""Every benchmark that contract.md section 8 names, and why some have no program here."""

from __future__ import annotations

NAMES = (
    "docx_complaint", "docx_log", "pdf_complaint", "pdf_log", "filing_vs_libreoffice", "binder", "bag", "package_bytes",
    "packages_per_minute", "statements_portfolio", "statement_single", "sweep_sqlite", "sweep_postgres", "work_list",
    "import_tape", "detect", "redact_pdf_page", "return_quarter",
)  # fmt: skip
"""In the order of the contract."""

NOT_THERE = {
    "docx_log": "the contact log has no Word template, it is made as PDF only",
    "packages_per_minute": "no other program makes such a package; its parts are measured by binder, bag and redact_pdf_page",
    "sweep_sqlite": "any loop over the loans would call our own engine and measure it against itself",
    "sweep_postgres": "as sweep_sqlite",
    "return_quarter": "no other program makes these returns; a second making answers from the vault, which compares nothing",
}
"""Names without a program, each with the reason."""

WRITTEN = tuple(name for name in NAMES if name not in NOT_THERE)
