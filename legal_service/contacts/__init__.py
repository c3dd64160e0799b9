"""Contact attempts (催收触达) and the contact log."""
