"""The demonstration: the whole road on a synthetic portfolio."""
