"""One module and one template for each page."""
