"""Names, telephones and addresses, sealed: whoever has the database but not the key file reads none of them.

AES-256-GCM (NIST SP 800-38D) and not Fernet, for it takes associated data: a blob belongs to the id of its booking, so
one that somebody copies to another row cannot be opened there.
"""

import binascii
import json
import logging
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.core.errors import Conflict

log = logging.getLogger(__name__)

KEY_FILE: Final = "toiluot.key"
KEY_BITS: Final = 256
NONCE_BYTES: Final = 12
"""Random: after 2^32 bookings with one key two would meet with a chance of 2^-33 (SP 800-38D, 8.3)."""
OWNER_ONLY: Final = 0o600


class CannotOpen(Exception):
    """`reason`: key_missing (no key file), or other_key (none of its keys has sealed this, or it was altered)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BadKeyFile(Conflict):
    """The key file cannot be read or made, or holds something else than keys: nothing is sealed, nothing kept open."""

    code = "bad_key_file"
    text = "The file with the key for names and addresses cannot be used. Tell the administrator."


@dataclass(frozen=True, slots=True)
class Personal:
    """What a booking tells of a person. Never printed: a traceback or a log line shows none of it."""

    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    note: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        return any((self.name, self.phone, self.address, self.note))


@dataclass(frozen=True, slots=True)
class Keyring:
    """The key file: a key a line. The first one seals, every one opens; so a key can be changed or brought back.

    Read anew each time: a key that is put back works at once.
    """

    path: Path

    def seal(self, booking: str, personal: Personal) -> bytes:
        """Only `open` with the same `booking` gives it back. Makes the key file at first need. Raises BadKeyFile."""
        key = next(iter(self._keys()), None) or self._make()
        nonce = os.urandom(NONCE_BYTES)
        text = json.dumps(asdict(personal), ensure_ascii=False).encode()
        return nonce + AESGCM(key).encrypt(nonce, text, booking.encode())

    def open(self, booking: str, sealed: bytes) -> Personal:
        """Raises CannotOpen or BadKeyFile."""
        keys = self._keys()
        if not keys:
            raise CannotOpen("key_missing")
        if len(sealed) < NONCE_BYTES:
            raise CannotOpen("other_key")
        for key in keys:
            try:
                text = AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], booking.encode())
            except InvalidTag:
                continue
            return Personal(**json.loads(text))
        raise CannotOpen("other_key")

    def _keys(self) -> list[bytes]:
        try:
            lines = self.path.read_text("ascii").split()
            keys = [urlsafe_b64decode(line) for line in lines]
        except FileNotFoundError:
            return []
        except (binascii.Error, UnicodeDecodeError, OSError) as error:
            log.exception("the key file %s cannot be read", self.path)
            raise BadKeyFile from error
        if any(len(key) * 8 != KEY_BITS for key in keys):
            log.error("the key file %s holds something else than keys of %s bits", self.path, KEY_BITS)
            raise BadKeyFile
        return keys

    def _make(self) -> bytes:
        """On the disk before anything is sealed with it, and whole: a power cut leaves no half key behind."""
        key = AESGCM.generate_key(KEY_BITS)
        new = self.path.with_name(f"{self.path.name}.new")
        try:
            new.unlink(missing_ok=True)
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb") as file:
                file.write(urlsafe_b64encode(key) + b"\n")
                file.flush()
                os.fsync(file.fileno())
            new.replace(self.path)
            _keep_name(self.path.parent)
        except OSError as error:
            log.exception("the key file %s cannot be made", self.path)
            raise BadKeyFile from error
        return key


def _keep_name(folder: Path) -> None:
    """Wait until the disk has the file's name too: a power cut would take the key back, and leave what it sealed."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def key_file(configured: Path | None, db: Path) -> Path:
    """Where the key lies: beside the database, unless the machine's settings name another place."""
    return configured or db.with_name(KEY_FILE)
