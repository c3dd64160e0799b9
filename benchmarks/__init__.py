"""Benchmarks: each measures the product against a peer, both in the same run, so that the ratio means something on any machine.

One module a benchmark, named as contract.md section 8 names it; `names.py` says which are written and which are not, and why.
A ratio below 1 is printed like any other.
"""
