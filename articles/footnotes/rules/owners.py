"""Whose something is: what a body did, before “by”, and somebody's family name behind a quotation."""

import re

from articles.footnotes.rules.context import word_before
from articles.footnotes.rules.fits import fit_of, kinds_of
from articles.footnotes.rules.hit import Cue, Hit, begins_hit, fills_quotes

_BY = re.compile(r"([a-z]+) by (?:the )?[\"'“]?\Z")
_OWNER = re.compile(r" ([А-ЯЁ][а-яё]+(?:ского|цкого|ова|ева|ёва|ина|ына|енко|ского|ого))(?![\w-])")
_NEAR = 60


def done_by(hit: Hit) -> Cue | None:
    """Return what was done by a body: `vans bought by Beam`, `a school run by the Beam`."""
    passage = hit.passage
    if word_before(hit) not in ("by", "the") or passage.scan.startswith(" of ", hit.end):
        return None
    match = _BY.search(passage.scan, max(0, hit.start - _NEAR), hit.start)
    words = fit_of(kinds_of(hit.name.descriptors)).done if match else None
    if match is None or words is None or not words.match(match[1]):
        return None
    return Cue(match[1], passage, *match.span(1))


def owner_behind(hit: Hit) -> Cue | None:
    """Return the family name behind a Russian quotation that says whose it is: «Светлый союз» Ветрова."""
    passage = hit.passage
    stop = fills_quotes(passage.text, hit.start, hit.end)
    match = _OWNER.match(passage.text, stop) if hit.name.language == "ru" and stop > hit.end else None
    return Cue(match[1], passage, *match.span(1)) if match and not begins_hit(hit, match.start(1)) else None
