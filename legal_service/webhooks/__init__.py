"""What partners are told: events read off the audit trail, signed and delivered until they arrive."""
