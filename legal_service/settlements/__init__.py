"""Attempts to settle out of court."""
