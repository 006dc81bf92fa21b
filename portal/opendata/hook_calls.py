"""One call of a webhook over the network: where it may lead, how it is signed, how long it may take.

Outside DEBUG only https and only to addresses of the open internet, those that were looked at and no other;
no redirect is followed, and little of the answer is read.
"""

import hmac
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address, ip_network
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

STEP_SECONDS, WHOLE_SECONDS = 5.0, 15.0
MOST_READ = 1024
# Leads to any IPv4 address where a network translates.
TRANSLATED = ip_network("64:ff9b::/96")


class Refused(Exception):
    """An address that is not called, whoever typed it."""


class Failed(Exception):
    """Not told: no answer, or another than 2xx. `status` is 0 without one."""

    def __init__(self, words: str, status: int = 0) -> None:
        super().__init__(words)
        self.status = status


def signature(secret: str, body: bytes, *, at: int) -> str:
    """`t=SECONDS,v1=HEX`: HMAC-SHA256 of the second, a dot and the body."""
    signed = hmac.new(secret.encode(), b"%d." % at + body, sha256).hexdigest()
    return f"t={at},v1={signed}"


def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """The status of the answer, one of 2xx. Raises `Refused` or `Failed`."""
    asked = urlsplit(url)
    address = _address(asked)
    connection = _connection(asked, address)
    target = f"{asked.path or '/'}{'?' + asked.query if asked.query else ''}"
    try:
        connection.connect()
        with _no_longer_than(connection.sock):
            connection.request("POST", target, body, {"Host": asked.netloc.rpartition("@")[2], **headers})
            response = connection.getresponse()
            response.read(MOST_READ)
    except (OSError, HTTPException, ValueError) as reason:
        raise Failed(f"No answer: {type(reason).__name__}") from reason
    finally:
        connection.close()
    if not 200 <= response.status < 300:  # reason: HTTP
        raise Failed(f"Answered {response.status}", response.status)
    return response.status


def _address(asked: SplitResult) -> str:
    """The IP address to call. Raises `Refused` where one of the name's is not of the open internet."""
    if asked.scheme != "https" and not (settings.DEBUG and asked.scheme == "http"):
        raise Refused("Only https is called.")
    try:
        port = asked.port or (443 if asked.scheme == "https" else 80)
        rows = socket.getaddrinfo(asked.hostname or "", port, type=socket.SOCK_STREAM)
    except (OSError, ValueError, UnicodeError) as reason:
        raise Failed("The name leads nowhere.") from reason
    addresses = [str(row[4][0]) for row in rows]
    if not settings.DEBUG and not all(map(_is_open, addresses)):
        raise Refused("It leads into a network that is not public.")
    return addresses[0]


def _is_open(address: str) -> bool:
    """Whether it is of the open internet, also as IPv4 within IPv6."""
    ip = ip_address(address.partition("%")[0])
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    return (
        ip.is_global and not ip.is_multicast and ip not in TRANSLATED and (inner is None or inner.is_global)
    )


def _connection(asked: SplitResult, address: str) -> HTTPConnection:
    """To the address that was looked at: a name that leads elsewhere by now is not asked again."""
    kind = HTTPSConnection if asked.scheme == "https" else HTTPConnection
    connection = kind(asked.hostname or "", asked.port, timeout=STEP_SECONDS)
    connection._create_connection = lambda at, *rest: socket.create_connection((address, at[1]), *rest)  # type: ignore[attr-defined]
    return connection


@contextmanager
def _no_longer_than(held: socket.socket) -> Iterator[None]:
    """Ends a call that answers too slowly, byte by byte; to connect and greet has a limit of its own."""
    timer = Timer(WHOLE_SECONDS, _end, [held])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _end(held: socket.socket) -> None:
    with suppress(OSError):
        held.shutdown(socket.SHUT_RDWR)
