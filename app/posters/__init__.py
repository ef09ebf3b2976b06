"""Posters with a QR code, as PDF: pure, values in and bytes out."""
