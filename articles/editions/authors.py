"""An author who is on a register: what the outlet says of it at the head of the article, if it chose to.

The bylines are read as running text, so a pseudonym that marks is its bearer too.
"""

import dataclasses
from datetime import date
from typing import Any

from ..footnotes.annotate import annotate
from .content import Content, fields_of
from .house import House

NOTICE = "notice"


def notices(content: Content, house: House, on: date) -> list[dict[str, Any]]:
    """Return what is printed at the head of an article on a day: the outlet's own notice, then one for each author."""
    own = house.own_notice(on)
    authors = listed_authors(content, house, on) if house.site.listed_authors == NOTICE else []
    found = [own, *(house.notice_of(author, on) for author in authors if author != house.publisher)]
    return [one for one in found if one]


def listed_authors(content: Content, house: House, on: date) -> list[str]:
    """Return the keys of the persons, on a register on that day, whose names the bylines are."""
    bylines = [one for one in fields_of(content) if one.name.startswith("byline_")]
    if not bylines:
        return []
    found = annotate(
        bylines,
        house.compiled,
        language=content.language,
        as_of=on,
        publisher=house.publisher,
        style=dataclasses.replace(house.style, mentions="every", bylines="mark"),
    )
    entries = house.compiled.registers.organizations
    return list(dict.fromkeys(one.organization for one in found.mentions if entries[one.organization].person))
