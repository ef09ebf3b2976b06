"""The browser of the tests and of the pictures: Chromium, by whichever name this machine knows it."""

import shutil

# The headless shell is the same engine without a window's own work: the browser tests take half the time in it.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
)


def program() -> str:
    """Its path. Raises LookupError where there is none."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise LookupError("Chromium is needed: install the package 'chromium' (Debian, Ubuntu).")
    return found
