"""How to render: Word and HTML templates to DOCX and PDF, strictly and reproducibly. Knows no borrower."""
