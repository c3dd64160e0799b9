"""The calculator: the questions of law as forms, and their answers as a lawyer reads them."""
