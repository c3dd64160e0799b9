"""Content-addressed store of originals and generated exhibits, with custody entries and trusted timestamps."""
