"""What leaves the house: audience copies, leak gate, packages, grants."""
