"""The regulator's pages: returns, their numbers, the rows behind them, and how issues differ."""
