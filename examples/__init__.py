"""Programs to copy: what speaks to a hub."""
