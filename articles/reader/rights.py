"""Photos whose rights have ended, at the readers' side: editions never change, what is shown of them does.

Whatever a page shows of a photo names one of its files, so a page is asked for the names that stand in it: which of
them have ended, and when the next one will. A house without such photos is asked nothing (`Frame.photos_end`).
"""

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext as _

from ..shown.photo_ends import read
from ..shown.sql import to_moment
from .built import Built

# A file of a photo begins with its token, whichever size or format it is: 32 hexadecimal digits.
NAMED = re.compile(rb"/media/(?:[\w-]+/)*([0-9a-f]{32})")
PICTURE = re.compile(r"<picture\b.*?</picture>|<img\b[^>]*>", re.DOTALL)
MOST = 500  # names that are asked for at once


def tokens_in(body: bytes) -> list[str]:
    """Return the tokens of the photos that a page names."""
    return sorted({one.decode() for one in NAMED.findall(body)})


def ends_in(body: bytes) -> dict[str, datetime]:
    """Return, for each token in a page whose photo's rights end, when they do: one query, or none."""
    names, found = [f"{token}.jpg" for token in tokens_in(body)], {}
    for first in range(0, len(names), MOST):
        for row in read(names[first : first + MOST]):
            found[row.web.partition(".")[0]] = to_moment(row.rights_until)
    return found


def ended(ends: Mapping[str, datetime], at: datetime) -> frozenset[str]:
    """Return the tokens of the photos whose rights have ended by the moment."""
    return frozenset(token for token, moment in ends.items() if moment <= at)


def changing(built: Built, ends: Mapping[str, datetime], at: datetime) -> Built:
    """Return the page as one that changes when the next of these rights ends, if nothing changes it before."""
    moments = [moment for moment in (*ends.values(), built.next_change_at) if moment is not None and moment > at]
    return built._replace(next_change_at=min(moments, default=None)) if ends else built


def without_tags(body: bytes, tokens: Collection[str]) -> bytes:
    """Return a page without the tags that name one of the photos still: whatever prints them, nobody is led there."""
    for token in tokens:
        body = re.sub(rb"<[^<>]*/media/[^<>]*" + token.encode() + rb"[^<>]*>", b"", body)
    return body


def shown_photo(photo: dict[str, Any], tokens: Collection[str]) -> dict[str, Any]:
    """Return the photo of an edition as readers see it: none, {}, where its rights have ended."""
    return {} if photo and photo.get("web", "").partition(".")[0] in tokens else photo


def shown_form(form: str, tokens: Collection[str]) -> str:
    """Return a reading form with a line in place of each picture whose rights have ended; its caption, which is the
    newsroom's own text and bears marks, stays."""
    if not any(token in form for token in tokens):
        return form
    says = escape(_("The photo that stood here is shown no longer: the rights to it have ended."))

    def one(picture: re.Match[str]) -> str:
        is_ended = any(token in picture[0] for token in tokens)
        return f'<p class="photo-ended">{says}</p>' if is_ended else picture[0]

    return PICTURE.sub(one, form)
