"""External counsel's pages: the packages granted to him."""
