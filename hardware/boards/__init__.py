"""What is shown over a counter: from the hall to a board's text."""
