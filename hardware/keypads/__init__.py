"""Keypads on the clerks' desks: what their bytes mean, what a press asks of the hub, and the lamp that answers it."""
