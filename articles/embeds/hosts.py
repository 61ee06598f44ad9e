"""Whose posts can be kept as cards, and how their links are read: one row of `RULES` for each kind of host.

A link is read by its host as a whole and the shape of its path, never by a part of a name; what comes out is written
anew from what was read, so that nothing that only counts, and no code, goes along.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, quote, urlsplit

LONGEST = 2000  # characters of a link that is read at all


class LinkError(ValueError):
    """The link leads to no post that can be kept. `reason`: a key of the desk's sentences; `host`: that it names."""

    def __init__(self, reason: str, host: str = "") -> None:
        super().__init__(reason)
        self.reason, self.host = reason, host


@dataclass(frozen=True)
class Shape:
    """One form of a link. `path`: of the whole path, without a slash at its end; `query`: parameters that it must
    have, each as a pattern. Groups of both are the parts that `number`, `link` and `frame` are written from; `frame`:
    "" where the site lets nobody frame it without a script of its own."""

    path: str
    number: str
    link: str
    frame: str = ""
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Rule:
    """`hosts`: each written out, also those for phones and short ones. `frame_host`: the one that `frame` leads to.
    `oembed`: asked with the link put in place of `{link}`; "" where a key or a script would be needed. `pictures`: the
    hosts of the still pictures that the answer names; one that begins with a dot stands for what is below it.
    `is_film`: its frames are wide, not high."""

    kind: str
    name: str
    hosts: frozenset[str]
    shapes: tuple[Shape, ...]
    frame_host: str = ""
    oembed: str = ""
    pictures: tuple[str, ...] = ()
    is_film: bool = False

    def asked_at(self, link: str) -> str:
        """Return the address that tells of the post of a link."""
        return self.oembed.format(link=quote(link, safe=""))

    def may_answer(self, host: str) -> bool:
        """Say whether a host may tell of this site's posts."""
        return host in self.hosts or host == urlsplit(self.oembed).hostname

    def may_show(self, host: str) -> bool:
        """Say whether still pictures of the site's posts come from a host."""
        return any(host == one or (one.startswith(".") and host.endswith(one)) for one in self.pictures)


@dataclass(frozen=True)
class PostLink:
    """What a link was read as. `number`: the post's own at the site; `link`: the same for all who lead to it."""

    kind: str
    number: str
    link: str
    frame: str


def hosts(*names: str) -> frozenset[str]:
    return frozenset(names)


_TUBE = r"(?P<id>[A-Za-z0-9_-]{11})"
_TUBE_LINK, _TUBE_FRAME = "https://www.youtube.com/watch?v={id}", "https://www.youtube-nocookie.com/embed/{id}"
_VK_PAIR = r"(?P<owner>-?[0-9]{1,15})_(?P<id>[0-9]{1,15})"
_FACEBOOK_POST = "https://www.facebook.com/plugins/post.php?href={quoted}"
_FACEBOOK_VIDEO = "https://www.facebook.com/plugins/video.php?href={quoted}"
_WHO = r"(?P<who>[A-Za-z0-9.]{2,60})"

RULES = (
    Rule(
        "youtube",
        "YouTube",
        hosts("youtube.com", "www.youtube.com", "m.youtube.com", "www.youtube-nocookie.com"),
        (
            Shape("/watch", "{id}", _TUBE_LINK, _TUBE_FRAME, {"v": _TUBE}),
            Shape(rf"/(?:shorts|live|embed)/{_TUBE}", "{id}", _TUBE_LINK, _TUBE_FRAME),
        ),
        "www.youtube-nocookie.com",
        "https://www.youtube.com/oembed?format=json&url={link}",
        ("i.ytimg.com",),
        is_film=True,
    ),
    Rule(
        "youtube",
        "YouTube",
        hosts("youtu.be"),
        (Shape(rf"/{_TUBE}", "{id}", _TUBE_LINK, _TUBE_FRAME),),
        "www.youtube-nocookie.com",
        "https://www.youtube.com/oembed?format=json&url={link}",
        ("i.ytimg.com",),
        is_film=True,
    ),
    Rule(
        "vimeo",
        "Vimeo",
        hosts("vimeo.com", "www.vimeo.com", "player.vimeo.com"),
        (
            Shape(
                r"/(?:video/)?(?P<id>[0-9]{5,12})",
                "{id}",
                "https://vimeo.com/{id}",
                "https://player.vimeo.com/video/{id}?dnt=1",
            ),
            Shape(
                r"/(?P<id>[0-9]{5,12})/(?P<key>[0-9a-f]{8,20})",
                "{id}",
                "https://vimeo.com/{id}/{key}",
                "https://player.vimeo.com/video/{id}?dnt=1&h={key}",
            ),
        ),
        "player.vimeo.com",
        "https://vimeo.com/api/oembed.json?dnt=1&url={link}",
        ("i.vimeocdn.com",),
        is_film=True,
    ),
    Rule(
        "telegram",
        "Telegram",
        hosts("t.me", "telegram.me"),
        (
            Shape(
                r"/(?:s/)?(?P<who>[A-Za-z][A-Za-z0-9_]{3,31})/(?P<id>[0-9]{1,12})",
                "{who}/{id}",
                "https://t.me/{who}/{id}",
                "https://t.me/{who}/{id}?embed=1",
            ),
        ),
        "t.me",
    ),
    Rule(
        "x",
        "X",
        hosts("x.com", "www.x.com", "mobile.x.com", "twitter.com", "www.twitter.com", "mobile.twitter.com"),
        (
            Shape(
                r"/(?P<who>[A-Za-z0-9_]{1,20})/status(?:es)?/(?P<id>[0-9]{5,20})(?:/(?:photo|video)/[0-9])?",
                "{id}",
                "https://x.com/{who}/status/{id}",
                "https://platform.twitter.com/embed/Tweet.html?dnt=true&id={id}",
            ),
        ),
        "platform.twitter.com",
        "https://publish.twitter.com/oembed?omit_script=1&dnt=1&url={link}",
    ),
    Rule(
        "instagram",
        "Instagram",
        hosts("instagram.com", "www.instagram.com"),
        (
            Shape(
                r"/(?:[A-Za-z0-9_.]{1,30}/)?(?P<what>p|reel|tv)/(?P<id>[A-Za-z0-9_-]{5,40})",
                "{id}",
                "https://www.instagram.com/{what}/{id}/",
                "https://www.instagram.com/{what}/{id}/embed/",
            ),
        ),
        "www.instagram.com",
    ),
    Rule(
        "facebook",
        "Facebook",
        hosts("facebook.com", "www.facebook.com", "m.facebook.com", "web.facebook.com"),
        (
            Shape(
                rf"/{_WHO}/posts/(?P<id>[A-Za-z0-9]{{5,100}})",
                "{id}",
                "https://www.facebook.com/{who}/posts/{id}",
                _FACEBOOK_POST,
            ),
            Shape(
                rf"/{_WHO}/videos/(?P<id>[0-9]{{5,30}})",
                "{id}",
                "https://www.facebook.com/{who}/videos/{id}",
                _FACEBOOK_VIDEO,
            ),
            Shape(
                "/watch",
                "{id}",
                "https://www.facebook.com/watch/?v={id}",
                _FACEBOOK_VIDEO,
                {"v": r"(?P<id>[0-9]{5,30})"},
            ),
            Shape(
                r"/(?:permalink|story)\.php",
                "{id}",
                "https://www.facebook.com/permalink.php?story_fbid={id}&id={who}",
                _FACEBOOK_POST,
                {"story_fbid": r"(?P<id>[A-Za-z0-9]{5,100})", "id": r"(?P<who>[0-9]{5,30})"},
            ),
        ),
        "www.facebook.com",
    ),
    Rule(
        "vk",
        "VK",
        hosts("vk.com", "www.vk.com", "m.vk.com", "vk.ru", "m.vk.ru", "vkvideo.ru", "m.vkvideo.ru"),
        (
            Shape(rf"/wall{_VK_PAIR}", "wall{owner}_{id}", "https://vk.com/wall{owner}_{id}"),
            Shape(
                rf"/(?:[A-Za-z0-9_.]{{1,60}}/)?(?:video|clip){_VK_PAIR}",
                "video{owner}_{id}",
                "https://vk.com/video{owner}_{id}",
                "https://vk.com/video_ext.php?oid={owner}&id={id}",
            ),
            Shape(
                r"(?:/[A-Za-z0-9_.]{1,60})?",
                "wall{owner}_{id}",
                "https://vk.com/wall{owner}_{id}",
                query={"w": rf"wall{_VK_PAIR}"},
            ),
        ),
        "vk.com",
        is_film=True,
    ),
    Rule(
        "rutube",
        "Rutube",
        hosts("rutube.ru", "www.rutube.ru", "m.rutube.ru"),
        (
            Shape(
                r"/(?:video|shorts|play/embed)/(?P<id>[0-9a-f]{32})",
                "{id}",
                "https://rutube.ru/video/{id}/",
                "https://rutube.ru/play/embed/{id}",
            ),
        ),
        "rutube.ru",
        "https://rutube.ru/api/oembed/?format=json&url={link}",
        (".rutube.ru", ".rutubelist.ru"),
        is_film=True,
    ),
)

KINDS = tuple(dict.fromkeys((rule.kind, rule.name) for rule in RULES))
NAMES = dict(KINDS)
# What `frame-src` may list, in one order; the rest of the web never stands in a frame of ours.
FRAME_HOSTS = tuple(sorted({rule.frame_host for rule in RULES if rule.frame_host}))
FRAME_SOURCES = " ".join(f"https://{host}" for host in FRAME_HOSTS)
_BY_HOST = {host: rule for rule in RULES for host in rule.hosts}
POST_HOSTS = frozenset(_BY_HOST)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")


def read_link(written: str) -> PostLink:
    """Return what post the link leads to; raise LinkError.

    >>> read_link("https://youtu.be/abcdefghijk?si=tracked").link
    'https://www.youtube.com/watch?v=abcdefghijk'
    """
    text = written.strip()
    if not text or len(text) > LONGEST:
        raise LinkError("long" if text else "empty")
    if _UNSEEN.search(text):
        raise LinkError("odd")
    scheme = _SCHEME.match(text)
    if scheme is None:
        raise LinkError("scheme")
    if scheme[1].lower() != "https":
        raise LinkError("http" if scheme[1].lower() == "http" else "scheme", scheme[1])
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError as error:
        raise LinkError("odd") from error
    if "@" in parts.netloc or "\\" in text or port not in (None, 443):
        raise LinkError("odd", host)
    rule = _BY_HOST.get(host)
    if rule is None:
        raise LinkError("alike" if looks_like_one(host) else "host", host)
    for shape in rule.shapes:
        found = _parts_of(shape, parts.path, parts.query)
        if found is not None:
            return _written(rule, shape, found)
    raise LinkError("shape", rule.name)


def _parts_of(shape: Shape, path: str, query: str) -> dict[str, str] | None:
    """Return the named parts of a link of this shape, None of one that has another."""
    match = re.fullmatch(shape.path, path.rstrip("/"), re.ASCII)
    if match is None:
        return None
    found = {key: value for key, value in match.groupdict().items() if value is not None}
    given = parse_qs(query, max_num_fields=50, keep_blank_values=True) if shape.query and query.count("&") < 50 else {}
    for name, pattern in shape.query.items():
        value = re.fullmatch(pattern, given.get(name, [""])[0], re.ASCII)
        if value is None:
            return None
        found |= value.groupdict()
    return found


def _written(rule: Rule, shape: Shape, found: dict[str, str]) -> PostLink:
    link = shape.link.format(**found)
    frame = shape.frame.format(quoted=quote(link, safe=""), **found)
    return PostLink(rule.kind, shape.number.format(**found), link, frame)


def looks_like_one(host: str) -> bool:
    """Say whether a host that is none of these may be taken for one: it holds its name, or letters that look alike."""
    if not host.isascii() or "xn--" in host:
        return True
    names = {name.removeprefix("www.").removeprefix("m.") for name in _BY_HOST if len(name) > len("vk.com")}
    plain = host.replace("0", "o").replace("1", "l").replace("-", "").rstrip(".")
    return any(name.replace("-", "") in plain or name.partition(".")[0] == plain.partition(".")[0] for name in names)


def frame_of(link: str) -> str:
    """Return the address that shows the post of a canonical link in a frame; "" where there is none."""
    try:
        return read_link(link).frame
    except LinkError:
        return ""


def rule_of(kind: str) -> Rule:
    """Return the first row of a kind; KeyError for one that no row has."""
    return {rule.kind: rule for rule in reversed(RULES)}[kind]
