"""Checking links: are the sources of a site still there, and is a copy kept."""
