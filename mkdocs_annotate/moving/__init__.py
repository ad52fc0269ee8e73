"""Changes the texts that name an article when it moves.  Works on strings, not on files."""
