"""What no log holds: addresses of machines, queries, and tokens that open something.

Cut when the line is written, whoever wrote it: what Django, gunicorn and Celery say goes the same way as what we say.
"""

import re
from ipaddress import ip_address

# The way to what opens with a secret: preview links, and links in mails that confirm an address or set a password.
SECRET_PATH = re.compile(r"(/(?:preview|email/confirm|reset|set-password)/(?:key/)?)[^\s\"'<>?]+")
QUERY = re.compile(r"\?(?:(?<=/\?)[^\s\"'<>]+|[^\s\"'<>?]*=[^\s\"'<>]*)")
# As it may stand in a text; whether it is one is asked of the library.
V4 = r"(?:\d{1,3}\.){3}\d{1,3}"
V6 = rf"[0-9A-Fa-f]{{0,4}}:(?:[0-9A-Fa-f]{{0,4}}:)+(?:{V4}|[0-9A-Fa-f]{{0,4}})"
MAYBE_ADDRESS = re.compile(rf"(?<![\w.:])(?:{V6}|{V4})(?!\w|\.\d)")
NOBODY = {"127.0.0.1", "::1", "0.0.0.0", "::"}  # noqa: S104  (this machine: no reader is known by it)


def cut(text: str) -> str:
    """Return the text without what no log holds.

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
    return text if str(address) in NOBODY else f"…{after}"
