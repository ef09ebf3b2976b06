"""Seeing what comes: the forecast of a wait. Uses the real core, never copies its rules."""
