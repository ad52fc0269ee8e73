"""Import from and export to other formats: pure functions on strings and frozen data."""
