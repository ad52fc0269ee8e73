"""YAML text to model, with every problem at its place."""
