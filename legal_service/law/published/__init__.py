"""Figures that authorities publish and no law carries: wages by province and year, the loan prime rate."""
