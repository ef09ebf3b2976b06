"""Ticket printers (ESC/POS): a ticket becomes bytes, the bytes reach the paper, and what the printer says of itself."""
