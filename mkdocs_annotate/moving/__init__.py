"""What the move of an article changes in texts that name it; strings only."""
