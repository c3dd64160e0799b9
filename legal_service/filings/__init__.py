"""What the filings say: facts of each document, revisions, approvals, batches."""
