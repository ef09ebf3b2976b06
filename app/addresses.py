"""Under which address a citizen's phone can open a ticket's page, if under any."""

import ipaddress
import socket
from dataclasses import dataclass
from time import monotonic
from urllib.parse import urlsplit

KEPT_S = 60  # a network may come after the hub does, and a DHCP server may give another address
PROBE_S = 0.3  # our own machine answers at once or not at all
SOMEWHERE_ELSE = ("192.0.2.1", 9)  # RFC 5737: an address for documentation; nothing is sent to it


@dataclass(frozen=True, slots=True)
class Address:
    """`base` ends without a slash; `local` says that a phone must be in the centre's own network to reach it."""

    base: str
    local: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """An address that was found; `until` is on the monotonic clock."""

    address: str
    until: float


_kept: dict[int, Kept] = {}
"""By port."""


def phone_address(configured: str, asked: str) -> Address | None:
    """The address to put in a QR code.

    `configured` is the centre's public address ("" for none), `asked` the one under which the kiosk opened this page.
    A kiosk that runs on the hub's own machine asks for "localhost", which means nothing on a phone: then the machine's
    address in its network is taken if the hub answers there. None where no phone could reach it: better no QR code than
    one that leads nowhere.
    """
    base = (configured or asked).rstrip("/")
    url = urlsplit(base)
    host = url.hostname or ""
    if configured or not is_loopback(host):
        return Address(base, is_local(host))
    port = url.port or (443 if url.scheme == "https" else 80)
    own = network_address(port)
    return Address(f"{url.scheme}://{own}:{port}", local=True) if own else None


def is_loopback(host: str) -> bool:
    """Names under .localhost too: RFC 6761, section 6.3."""
    return host == "localhost" or host.endswith(".localhost") or _says(host, "is_loopback")


def is_local(host: str) -> bool:
    """A private address, or a name without a dot or under .local, is known only within the centre."""
    return _says(host, "is_private") or "." not in host or host.endswith(".local")


def network_address(port: int) -> str | None:
    """This machine's address in its network, if something listens there on `port`; asked again after KEPT_S."""
    kept = _kept.get(port)
    if kept and monotonic() < kept.until:
        return kept.address
    own = _own_address()
    if own is None or not _listens(own, port):
        return None
    _kept[port] = Kept(own, monotonic() + KEPT_S)
    return own


def _own_address() -> str | None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(SOMEWHERE_ELSE)
        except OSError:
            return None  # no network at all
        own = str(probe.getsockname()[0])
    return None if is_loopback(own) else own


def _listens(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(PROBE_S)
        return probe.connect_ex((host, port)) == 0


def _says(host: str, question: str) -> bool:
    try:
        return bool(getattr(ipaddress.ip_address(host), question))
    except ValueError:
        return False  # a name, not an address
