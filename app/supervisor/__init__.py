"""What a supervisor sees: where it hurts, and what a day came to."""
