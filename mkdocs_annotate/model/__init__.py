"""What is said about an article: frozen data that knows nobody."""
