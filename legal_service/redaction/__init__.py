"""Kinds of personal data, how each audience may see them, true removal, and the leak gate."""
