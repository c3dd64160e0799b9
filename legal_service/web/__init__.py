"""The pages: for reading, on this machine only, figures without persons. Desks with log-in come with issue B."""
