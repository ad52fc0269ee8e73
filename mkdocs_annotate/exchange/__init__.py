"""Other formats to the model and back: pure functions on strings and frozen data."""
