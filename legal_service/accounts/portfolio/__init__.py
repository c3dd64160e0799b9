"""The totals of many loans at once (组合口径): the same account as `accounts.statement`, figures only, some hundred times faster.

Why two engines. `statement.compute` is the source of truth: it can say of every fen which row, day and article it rests on, and
a lawyer can read it. A sweep over a portfolio needs none of that, only the totals, of every loan, every night; so `kernel`
walks flat arrays of integers by the same rules and is compiled. What the kernel does not express it does not approximate:
such a loan is computed by `statement.compute` and counted (`Totals.exact`).

What ties them: `tests/accounts/test_portfolio.py` compares every total to the fen on thousands of loans at random and on those
worked by hand, and the benchmark `statements_portfolio` holds 100,000 loans against an independent loop in `Decimal`. Whoever
changes a rule of the account changes it in both, or that test fails.

`layout` says how a loan is laid out in the arrays, `tables` fills them, `kernel` computes, `totals` names the figures.
"""
