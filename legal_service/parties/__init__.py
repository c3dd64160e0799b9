"""Lenders, borrowers and their history."""
