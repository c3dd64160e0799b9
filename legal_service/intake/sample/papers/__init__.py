"""The papers of an invented loan: contract, receipt, consents, letters and their delivery, each a function of the credit file."""
