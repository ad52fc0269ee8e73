"""An anchored article to HTML."""
