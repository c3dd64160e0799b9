"""The lawyer's home: the work list, what would happen to many cases at once, and the search box."""
