"""Editorial rules: problems with what annotations say, and overviews for editors."""
