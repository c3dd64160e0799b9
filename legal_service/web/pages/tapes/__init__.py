"""Loan tapes and jobs: what is imported, what works in the background."""
