"""The way in: the start page, signing in, the first administrator, and joining a screen."""
