"""Which addresses a stranger may make this hub send to: push services on the public internet, over HTTPS."""

import ipaddress
from urllib.parse import urlsplit

from app.addresses import is_local, is_loopback
from app.core.errors import Invalid

LONGEST = 1000
HTTPS = 443
INNER_NAMES = (".localhost", ".local", ".internal", ".lan", ".home", ".arpa", ".test", ".invalid")


class BadEndpoint(Invalid):
    code = "bad_endpoint"
    text = "This push address cannot be used: %(why)s."


def check_public(endpoint: str, own_hosts: frozenset[str]) -> None:
    """Raise BadEndpoint. A name that leads to an inner address is found out when it is called (courier.py)."""
    try:
        url = urlsplit(endpoint)
        host, port = (url.hostname or "").rstrip("."), url.port
    except ValueError:
        raise BadEndpoint(why="it is no address") from None
    if len(endpoint) > LONGEST or not endpoint.isascii() or not endpoint.isprintable():
        raise BadEndpoint(why="it is no address")
    if url.scheme != "https" or port not in (None, HTTPS) or url.username is not None:
        raise BadEndpoint(why="it is not plain https")
    if host in own_hosts:
        raise BadEndpoint(why="it is this server")
    if not is_public_name(host):
        raise BadEndpoint(why="it is not on the public internet")


def is_public_name(host: str) -> bool:
    """A host on the internet, as far as its name tells."""
    if is_numeric(host) or is_local(host) or is_loopback(host) or host.endswith(INNER_NAMES):
        return False
    return not host.rpartition(".")[2].isdigit()  # 127.1 and the like are addresses, too


def is_numeric(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def is_public_address(address: str) -> bool:
    """Not of the centre's network, this machine, a link or a group."""
    found = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(found, "ipv4_mapped", None) or found
    return inner.is_global and not inner.is_multicast
