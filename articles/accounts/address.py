"""Where a request comes from, and how much of that is kept.

The throttle counts by the whole address, under a keyed digest. What is stored, written to the log or to a mail is the
network: /24 of IPv4, /48 of IPv6.
"""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # noqa: S104  # no address to listen at: it stands where the server names none
KEPT = {4: 24, 6: 48}  # bits


def client_address(request: HttpRequest) -> str:
    """Return the address of the client: what the outermost of our own proxies saw (`TRUSTED_PROXIES`).

    What stands to the left of that in `X-Forwarded-For` is what the client wrote, and is not believed.
    """
    trusted, direct = settings.TRUSTED_PROXIES, request.META.get("REMOTE_ADDR", "")
    said = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if not trusted or not said:
        return cleaned(direct)
    return cleaned(said[-min(trusted, len(said))])


def cleaned(text: str) -> str:
    """Return an address as Python writes it, without a port; UNKNOWN for what is none."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return UNKNOWN
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return str(found)


def shortened(address: str) -> str:
    """Return the first address of the network.

    shortened("203.0.113.77") == "203.0.113.0"
    """
    found = ip_address(cleaned(address))
    return str(ip_network((found, KEPT[found.version]), strict=False).network_address)


def network(address: str) -> str:
    """Return the network as the log names it: "203.0.113.0/24"."""
    found = ip_address(cleaned(address))
    return str(ip_network((found, KEPT[found.version]), strict=False))


def device_name(request: HttpRequest) -> str:
    """Return what the browser calls itself, as long as it is kept."""
    return request.META.get("HTTP_USER_AGENT", "")[:200]
