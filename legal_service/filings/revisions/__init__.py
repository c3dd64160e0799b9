"""Reading the revisions of filings: where each stands, what its figures rest on, and which row has moved since."""
