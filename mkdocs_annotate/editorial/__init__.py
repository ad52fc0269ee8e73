"""Problems with what annotations say; for editors, overviews and the history of files."""
