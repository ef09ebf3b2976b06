"""Scanners of tickets, dossiers and citizen cards: bytes or keys to codes, codes to what they are, nothing kept."""
