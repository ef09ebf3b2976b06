"""The installer's tools as commands of `toiluot hardware`."""
