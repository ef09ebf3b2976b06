"""What hangs in the hall: the lobby TV, the screen over one counter, and a look at the LED boards."""
