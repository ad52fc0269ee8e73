"""Paths, guarded reading, and safe writing of files."""
