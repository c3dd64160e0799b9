"""A synthetic portfolio that looks like life: invented people, loans, payments, contacts and papers; no real person's data."""
