"""Addresses without what only counts who came by them: parameters of campaigns and clicks, and pages that lead on.

Used where a text comes in from elsewhere: by the paste handler, which is given this list (`articles/paste.js`), and by
what reads a word processor's file. Never on saving: a link that an editor has written stays as it was written, and a
stored body does not change.

Sources of the list: the public query stripping list of Firefox (fbclid, gclid, mc_eid, yclid, _openstat, …), the help
pages of Google Analytics (utm_), Mailchimp (mc_), Matomo (mtm_, pk_) and Yandex (yclid, ysclid, _openstat), and the
links to share that YouTube, Spotify, Instagram and X make.
"""

import re
from typing import Any
from urllib.parse import unquote

PREFIXES = ("utm_", "mc_", "mtm_", "pk_", "hsa_", "vero_")
PARAMETERS = frozenset(
    "fbclid gclid gclsrc dclid gbraid wbraid yclid ysclid ymclid _openstat msclkid twclid ttclid igshid igsh li_fat_id "
    "_hsenc _hsmi __hssc __hstc __hsfp mkt_tok oly_anon_id oly_enc_id rb_clickid s_cid wickedid ml_subscriber "
    "ml_subscriber_hash yadclid yadordid admitad_uid srsltid _ga _gl".split()
)
# A host without "www." or "m." → what its own links to share carry.
OF_HOSTS = {
    "youtu.be": ("si", "feature", "pp"),
    "youtube.com": ("si", "feature", "pp"),
    "open.spotify.com": ("si",),
    "x.com": ("s", "t", "ref_src"),
    "twitter.com": ("s", "t", "ref_src"),
}
# A page that leads on → the parameters that may say where.
REDIRECTS = {
    "google.com/url": ("q", "url"),
    "l.facebook.com/l.php": ("u",),
    "vk.com/away.php": ("to",),
    "t.me/iv": ("url",),
    "youtube.com/redirect": ("q",),
}
MOST = 5  # pages that lead on to one another
_ADDRESS = re.compile(r"(https?://([^/?#]+)([^?#]*))\?([^#]*)(#.*)?\Z", re.IGNORECASE | re.DOTALL)
_WEB = re.compile(r"https?://[^/?#\s]", re.IGNORECASE)
_ALIAS = re.compile(r"^(?:www|m)\.")
_HREF = re.compile(r'(<a\b[^>]*? href=")([^"]*)(")')


def untracked(address: str) -> str:
    """Return the address without the parameters that only count; what stays of it stays letter for letter.

    >>> untracked("https://example.org/a?utm_source=x&id=7&fbclid=1#b")
    'https://example.org/a?id=7#b'
    """
    for _ in range(MOST):
        found = _ADDRESS.match(address)
        if found is None:
            return address
        bare, host, path, query, fragment = found.groups(default="")
        host = _ALIAS.sub("", host.rpartition("@")[2].lower())
        target = _target(host + path, query)
        if not target:
            return bare + _kept(query, host) + fragment
        address = target
    return address


def _target(page: str, query: str) -> str:
    """Return the address that a page leads on to, "" for a page that does not."""
    pairs = [pair.partition("=") for pair in query.split("&")]
    for name in REDIRECTS.get(page, ()):
        for key, _sign, value in pairs:
            address = unquote(value)
            if key == name and _WEB.match(address):
                return address
    return ""


def _kept(query: str, host: str) -> str:
    pairs = query.split("&")
    kept = [pair for pair in pairs if not _counts(pair.partition("=")[0].lower(), host)]
    if len(kept) == len(pairs):
        return f"?{query}"
    return "?" + "&".join(kept) if kept else ""


def _counts(name: str, host: str) -> bool:
    return only_counts(name) or name in OF_HOSTS.get(host, ())


def only_counts(name: str) -> bool:
    """Return whether a parameter, in small letters, says nothing but who came by an address, whatever the site is."""
    return name in PARAMETERS or name.startswith(PREFIXES)


def untracked_links(html: str) -> str:
    """Return clean HTML (`clean_html`) with each link `untracked`."""

    def write(link: re.Match[str]) -> str:
        address = link[2].replace("&amp;", "&")
        return link[1] + untracked(address).replace("&", "&amp;") + link[3] if "?" in address else link[0]

    return _HREF.sub(write, html)


def for_script() -> dict[str, Any]:
    """Return the list as the paste handler reads it."""
    return {
        "prefixes": list(PREFIXES),
        "parameters": sorted(PARAMETERS),
        "ofHosts": {host: list(names) for host, names in OF_HOSTS.items()},
        "redirects": {page: list(names) for page, names in REDIRECTS.items()},
    }
