"""The administrator's and auditor's pages: users, webhooks, the trail."""
