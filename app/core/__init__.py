"""The rules, pure: no I/O, no SQL, no web, no wall clock. `now` is always an argument, in ms since the epoch."""
