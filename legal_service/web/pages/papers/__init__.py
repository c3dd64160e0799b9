"""The papers of a case: evidence, filings, packages."""
