"""Quoted words to their place in the page: strings only."""
