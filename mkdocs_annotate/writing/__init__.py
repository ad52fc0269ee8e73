"""Writing in the page: what a browser asks for, guarded, done to sidecars, and shown at once."""
