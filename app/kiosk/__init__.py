"""The kiosk in the lobby and the page of a ticket on a citizen's phone."""
