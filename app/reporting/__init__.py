"""A report as a text for a terminal, as a sheet, and as the sentence of a briefing."""
