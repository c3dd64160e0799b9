"""Regulatory returns that can be re-run to the same bytes."""
