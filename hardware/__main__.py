"""`python -m hardware …` is `toiluot hardware …`."""

from hardware.cli import hardware

hardware(prog_name="toiluot hardware")
