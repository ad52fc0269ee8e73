"""What an editor would ask: rules about what is said, and of whom."""
