"""What no log holds: addresses of machines, queries, and tokens that open something.

Cut when the line is written, whoever wrote it: what Django, gunicorn and Celery say goes the same way as what we say.
"""

import re
from ipaddress import ip_address, ip_network

# The way to what opens with a secret: preview links, and links in mails that confirm an address or set a password.
SECRET_PATH = re.compile(r"(/(?:preview|email/confirm|reset)/(?:key/)?)[^\s\"'<>?]+")
QUERY = re.compile(r"\?(?:(?<=/\?)[^\s\"'<>]+|[^\s\"'<>?]*=[^\s\"'<>]*)")
# As it may stand in a text; whether it is one is asked of the library.
V4 = r"(?:\d{1,3}\.){3}\d{1,3}"
V6 = rf"[0-9A-Fa-f]{{0,4}}:(?:[0-9A-Fa-f]{{0,4}}:)+(?:{V4}|[0-9A-Fa-f]{{0,4}})"
MAYBE_ADDRESS = re.compile(rf"(?<![\w.:])(?:{V6}|{V4})(?!\w|\.\d)")
NETWORK = re.compile(r"/(?:24|48)(?!\d)")  # as much of an address as is kept (articles.accounts.address)
NOBODY = {"127.0.0.1", "::1", "0.0.0.0", "::"}  # noqa: S104  (this machine: no reader is known by it)


def cut(text: str) -> str:
    """Return the text without what no log holds.

    A network stays, which many come from.

    >>> cut("Not Found: /preview/0123456789abcdef/?a=1 asked by 203.0.113.9")
    'Not Found: /preview/… asked by …'
    """
    text = QUERY.sub("?…", text)
    text = SECRET_PATH.sub(r"\1…", text)
    return MAYBE_ADDRESS.sub(_without_address, text)


def _without_address(found: re.Match[str]) -> str:
    text = found[0]
    after = ":" if text.endswith(":") and not text.endswith("::") else ""  # of the sentence
    try:
        address = ip_address(text.removesuffix(after))
    except ValueError:
        return text
    if str(address) in NOBODY or _is_network(text, NETWORK.match(found.string, found.end())):
        return text
    return f"…{after}"


def _is_network(text: str, size: re.Match[str] | None) -> bool:
    """Say whether a text is the first address of a network whose size stands behind it."""
    try:
        return size is not None and bool(ip_network(text + size[0]))
    except ValueError:
        return False
