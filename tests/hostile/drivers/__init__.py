"""What attacks on the package share: inputs, and ways to run them."""
