"""The loan account: contract terms, schedule, postings, statement of account, grading."""
