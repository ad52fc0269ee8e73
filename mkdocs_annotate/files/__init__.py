"""Paths and writing: what all commands do on disk."""
