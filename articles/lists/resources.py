"""Hosts and accounts out of a cell of addresses: `https://t.me/name, ID: -100…; WWW.HOST.EXAMPLE/ru/`."""

import re

from ..footnotes.types import Resource

# The platforms on which an address names an account, not a site; what else their addresses are known as.
SERVICES = {
    "t.me": "t.me", "telegram.me": "t.me", "vk.com": "vk.com", "vk.ru": "vk.com", "vkontakte.ru": "vk.com",
    "ok.ru": "ok.ru", "facebook.com": "facebook.com", "fb.com": "facebook.com", "instagram.com": "instagram.com",
    "x.com": "x.com", "twitter.com": "x.com", "youtube.com": "youtube.com", "tiktok.com": "tiktok.com",
    "rutube.ru": "rutube.ru", "boosty.to": "boosty.to", "patreon.com": "patreon.com", "dzen.ru": "dzen.ru",
    "zen.yandex.ru": "dzen.ru", "threads.net": "threads.net", "linkedin.com": "linkedin.com",
    "discord.gg": "discord.gg", "twitch.tv": "twitch.tv", "soundcloud.com": "soundcloud.com",
    "livejournal.com": "livejournal.com", "medium.com": "medium.com", "substack.com": "substack.com",
}  # fmt: skip
# A part of the path that only says of what sort the account is.
SORTS = {
    "channel",
    "c",
    "user",
    "u",
    "s",
    "in",
    "company",
    "groups",
    "group",
    "profile",
    "pages",
    "public",
    "people",
    "video",
}
ADDRESS = re.compile(r"(?<![\w.@-])(?:https?://)?((?:[\w-]+\.)+[^\W\d_][\w-]{1,})(/[^\s;,]*)?", re.IGNORECASE)
TELEGRAM_ID = re.compile(r"\bID\s*:?\s*(-?\d{6,})", re.IGNORECASE)
HANDLE = re.compile(r"(?<![\w.])@(\w{4,32})\b")


def resources(text: str) -> list[Resource]:
    """Return what the cell names, each once, in order."""
    text = re.sub(r"(\?\w+=)\s+", r"\1", text)
    text = re.sub(
        r"\s*\n\s*(?=ID\b|-?\d{6,})", " ", text
    )  # a number on a line of its own belongs to the address before
    found: dict[tuple[str, str, str], Resource] = {}
    for part in re.split(r"[;\n]+", text):
        number = TELEGRAM_ID.search(part)
        for address in ADDRESS.finditer(part):
            one = _resource(address, number[1] if number else "")
            if one:
                found.setdefault((one.kind, one.service, one.value), one)
    return list(found.values())


def handles(text: str) -> list[str]:
    """Return the accounts named by a sign alone: `(@name)`."""
    return HANDLE.findall(text)


def host(text: str) -> str:
    """Return a host without `www.` and `m.`, in small letters, as punycode where it is not ASCII."""
    name = re.sub(r"^(?:www\d?|m|mobile)\.", "", text.strip().strip(".").lower())
    try:
        return name if name.isascii() else name.encode("idna").decode()
    except UnicodeError:
        return name


def _resource(address: re.Match[str], number: str) -> Resource | None:
    name, path = host(address[1]), (address[2] or "").strip("/")
    service = SERVICES.get(name)
    if service is None:
        return Resource("host", name)
    profile = re.search(r"[?&]id=(\d+)", path)
    if profile:
        return Resource("account", profile[1], service)
    parts = [part.lstrip("@") for part in path.split("?")[0].split("/") if part]
    if len(parts) > 1 and parts[0].lower() in SORTS:
        parts = parts[1:]
    if not parts:
        return None
    return Resource("account", parts[0], service, number if service == "t.me" else "")
