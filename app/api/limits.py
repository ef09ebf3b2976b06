"""Throttling, per address: guessing a password or a set-up link takes longer than a working life."""

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, storage_uri="memory://")
