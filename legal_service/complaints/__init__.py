"""Complaints (投诉) of borrowers."""
