"""What goes out of the house: web pushes to phones, and the webhook of a centre's own SMS or Zalo gateway."""
