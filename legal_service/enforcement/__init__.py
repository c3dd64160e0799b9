"""Enforcement (执行): measures against property, judgment terms, recoveries, and what must be released after payment."""
