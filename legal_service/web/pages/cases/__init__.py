"""The lawyer's pages: work list, search, the case, the loan."""
