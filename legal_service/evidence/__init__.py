"""What must be shown and what it proves: exhibits, gaps, catalogue, binder, package assembly and verification."""
