"""Serial lines: one thread that owns one port, and what is still to be told to each board or pad on it."""
