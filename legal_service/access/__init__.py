"""Who may do what: institutions, users, roles, the permission table, and the audit trail."""
