"""What readers could see when, by the releases in the database and the journals of the desks.

An act stands in the database from its commit on, which lies between its two lines in the journal; a relabel's between
the begin and the end of its batch. Within that time readers may see what was before it or what is after it.
"""

import bisect
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from articles.models import Batch, Release
from articles.pagemap.addresses import article_path

from .acts import read_acts
from .stories import word_of

ALWAYS = float("inf")


@dataclass
class Shown:
    """A release as readers meet it. Moments in seconds since 1970: `begins`: never before; `sure`: certainly from
    then on, until `ends`; `gone`: certainly not after that."""

    release: int
    root: str
    word: str
    marked: bool
    form: str
    path: str
    language: str
    published: float
    begins: float
    sure: float
    ends: float
    gone: float
    cancelled: bool


def load(kept: Path) -> list[Shown]:
    """Return every release that readers may have met."""
    acts, _wrong = read_acts(kept)
    by_article: dict[int, list[dict[str, Any]]] = {}
    for act in acts.values():
        if "article" in act:
            by_article.setdefault(act["article"], []).append(act)
    ended = Batch.objects.exclude(finished_at=None)
    batches = sorted((one.made_at.timestamp(), one.finished_at.timestamp()) for one in ended)
    releases = list(Release.objects.select_related("edition", "article").order_by("article_id", "live_at", "pk"))
    relabelled = {(one.article_id, one.live_at) for one in releases if one.edition.reason == "relabel"}
    shown = []
    for one in releases:
        own = by_article.get(one.article_id, [])
        begins, issued = one.live_at.timestamp(), one.issued_at.timestamp()
        ends = one.ended_at.timestamp() if one.ended_at else ALWAYS
        gone = max([ends, *(act["ended"] or ALWAYS for act in own if act["t"] <= ends <= (act["ended"] or ALWAYS))])
        if one.ended_at and (one.article_id, one.ended_at) in relabelled:
            gone = max(gone, batch_end(batches, ends))
        sure = max([begins, *(act["ended"] or ALWAYS for act in own if act["t"] <= issued <= (act["ended"] or ALWAYS))])
        if one.edition.reason == "relabel":
            sure = max(sure, batch_end(batches, issued))
        shown.append(
            Shown(
                release=one.pk,
                root=one.article.slug.partition("-")[0],
                word=word_of(one.edition.headline),
                marked=any(mark["field"] == "headline" for mark in one.edition.marks),
                form=one.form_id,
                path=article_path(one.language, one.published_date, one.edition.slug),
                language=one.language,
                published=one.published_at.timestamp(),
                begins=begins,
                sure=sure,
                ends=ends,
                gone=gone,
                cancelled=ends == begins,
            )
        )
    return shown


def batch_end(batches: list[tuple[float, float]], moment: float) -> float:
    """Return when the last batch that had begun by the moment was done; the moment itself if all were."""
    number = bisect.bisect_right(batches, (moment, ALWAYS))
    return max([moment, *(finished for _made, finished in batches[:number])])
