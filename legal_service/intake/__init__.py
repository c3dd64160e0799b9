"""The loan tape: reading, doubting, importing, and the synthetic sample portfolio."""
