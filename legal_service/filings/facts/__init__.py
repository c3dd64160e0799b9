"""The facts of each document that the house files, and what the templates print from them. One module per document, all pure."""
