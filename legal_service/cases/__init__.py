"""The case at law: stages and guards, escalation, milestones, docket."""
