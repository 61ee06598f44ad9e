"""Ask another server one thing: over TLS, from a list of hosts, at a public address, within seconds and bytes.

Nothing else of the application asks a server that an editor has named. An address is resolved once, checked, and that
one connected to, so that no name can mean another machine a moment later.
"""

import http.client
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Timer
from time import monotonic
from urllib.parse import urljoin, urlsplit

PATIENCE = 5.0  # seconds for each answer of the network
LONGEST = 15.0  # seconds for all of it, redirects included
MOST_REDIRECTS = 3
PIECE = 64 * 1024  # bytes
AGENT = "newsroom"
TRANSLATED = IPv6Network("64:ff9b::/96")  # addresses of the older kind, as some networks write them


class FetchError(Exception):
    """The server was not asked, or has not answered. `reason`: a key of `REASONS` in `posts`; `detail`: a status."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason} {detail}".strip())
        self.reason, self.detail = reason, detail


@dataclass(frozen=True)
class FetchedAnswer:
    body: bytes
    content_type: str


class PublicConnection(http.client.HTTPSConnection):
    """A connection to the address that was looked at, with the certificate of the host that was asked for."""

    def connect(self) -> None:
        """Connect; raise FetchError for a machine that is not on the public net."""
        sock = socket.create_connection((public_address(self.host, self.port), self.port), PATIENCE)
        try:
            self.sock = ssl.create_default_context().wrap_socket(sock, server_hostname=self.host)
        except BaseException:
            sock.close()
            raise


def public_address(host: str, port: int) -> str:
    """Return an address of the host; raise FetchError if any of its addresses is not one of the public net."""
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for address in found:
        if not is_public(address):
            raise FetchError("private")
    if not found:
        raise FetchError("away")
    return found[0]


def is_public(address: str) -> bool:
    """Say whether an address lies on the public net, whatever it is wrapped in."""
    try:
        one: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(one, IPv6Address):
        translated = IPv4Address(int(one) & 0xFFFFFFFF) if one in TRANSLATED else None
        inner = one.ipv4_mapped or one.sixtofour or translated
        if one.is_site_local or one.teredo:
            return False
        one = inner or one
    return one.is_global and not one.is_multicast


def connection(host: str) -> http.client.HTTPConnection:
    """Return a connection to a host, not opened yet."""
    return PublicConnection(host, timeout=PATIENCE)


def fetch(url: str, may_ask: Callable[[str], bool], *, most: int) -> FetchedAnswer:
    """Return what a server answers with status 200; raise FetchError. `may_ask`: of a host; `most`: bytes."""
    ends = monotonic() + LONGEST
    for _number in range(MOST_REDIRECTS + 1):
        host, target = _asked(url, may_ask)
        link = connection(host)
        cut = Timer(max(0.0, ends - monotonic()), _cut, [link])
        cut.daemon = True
        cut.start()
        try:
            answer, leads_to = _answer(link, target, ends, most)
        except FetchError:
            raise
        except TimeoutError as error:
            raise FetchError("slow") from error
        except ssl.SSLError as error:
            raise FetchError("certificate") from error
        except (OSError, http.client.HTTPException, UnicodeError, ValueError) as error:
            raise FetchError("slow" if monotonic() > ends else "away") from error
        finally:
            cut.cancel()
            link.close()
        if answer is not None:
            return answer
        url = urljoin(url, leads_to)
    raise FetchError("redirects")


def _asked(url: str, may_ask: Callable[[str], bool]) -> tuple[str, str]:
    """Return host and path of an address that may be asked."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError as error:
        raise FetchError("host") from error
    if parts.scheme != "https" or "@" in parts.netloc or port not in (None, 443) or not may_ask(host):
        raise FetchError("host")
    return host, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _cut(link: http.client.HTTPConnection) -> None:
    """End a connection on which the head of an answer drips in so slowly that no wait for it is too long."""
    if link.sock is not None:
        with suppress(OSError):
            link.sock.shutdown(socket.SHUT_RDWR)


def _answer(link: http.client.HTTPConnection, target: str, ends: float, most: int) -> tuple[FetchedAnswer | None, str]:
    """Return the answer, or None and where it leads on to."""
    link.request("GET", target, headers={"User-Agent": AGENT, "Accept-Encoding": "identity"})
    response = link.getresponse()
    if response.status in (301, 302, 303, 307, 308):
        return None, response.getheader("Location", "")
    if response.status != 200:
        raise FetchError("status", str(response.status))
    if response.getheader("Content-Encoding", "identity").lower() != "identity":
        raise FetchError("unread")
    body = bytearray()
    while piece := response.read1(PIECE):
        body += piece
        if len(body) > most:
            raise FetchError("large")
        if monotonic() > ends:
            raise FetchError("slow")
    return FetchedAnswer(bytes(body), response.getheader("Content-Type", "")), ""
