"""Tới Lượt: the hub of a ward's queue management system."""
