"""For whoever hangs a board on the wall: find ports and boards, send, watch, try."""
