"""Bytes of the protocols that several makers share. Pure."""
