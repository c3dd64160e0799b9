"""The law as dated data and pure rules: parameters, citations, calendar, periods, fees, identifiers."""
