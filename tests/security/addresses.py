"""Every address of the newsroom as Django knows it, and what stands in its places, object by object."""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import get_resolver
from django.urls.resolvers import URLResolver

PLACE = re.compile(r"<[^<>]+>|\(\?P<\w+>(?:[^()]|\([^()]*\))*\)")


def patterns(resolver: Any = None, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield each pattern as it is written, with the name of its view."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one, before + str(one.pattern))
        else:
            yield before + str(one.pattern), one.name or ""


def filled(pattern: str, *values: object) -> str:
    """Return an address: the places of a pattern hold the values, in order."""
    left = list(values)
    address = PLACE.sub(lambda _found: str(left.pop(0)), pattern.replace("^", "").replace("$", "").replace("\\", ""))
    assert not left, (pattern, values)
    return f"/{address}"


def places(pattern: str) -> int:
    return len(PLACE.findall(pattern))
