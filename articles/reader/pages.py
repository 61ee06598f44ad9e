"""Every storable page as a pure function of its address and a moment; nothing here reads the clock."""

import dataclasses
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime

from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone, translation

from ..models import CODES
from ..pagemap.addresses import Target, read_address
from ..pagemap.kinds import KINDS
from . import archive, article, corrections, feeds, front, listing, news, rights, sitemaps
from .built import Built, Gone, Missing, Moved
from .frame import Frame, Outdated, read_frame
from .missing import gone, not_found
from .visit import Visit

Builder = Callable[[Visit], Built]

BUILDERS: dict[str, Builder] = {
    "front": front.front,
    "news": news.news,
    "article": article.article,
    "archive": archive.index,
    "year": archive.year,
    "month": archive.month,
    "day": listing.day,
    "rubric": listing.rubric,
    "rubric_month": listing.rubric_month,
    "feed": feeds.feed,
    "corrections": corrections.log,
    "corrections_feed": corrections.feed,
    "sitemap": sitemaps.sitemap,
}


def check_builders(builders: Collection[str]) -> None:
    """Raise ImproperlyConfigured unless there is one for each kind of page that is built, and for no other."""
    kinds = {kind.name for kind in KINDS if kind.is_built}
    told = [f"the kind {name} has no builder" for name in sorted(kinds.difference(builders))]
    told += [f"{name} is no kind of page that is built" for name in sorted({*builders} - kinds)]
    if told:
        raise ImproperlyConfigured(f"reader.pages.BUILDERS: {'; '.join(told)}; see pagemap.kinds.KINDS.")


check_builders(BUILDERS)


def build(path: str, at: datetime, fallback: str = CODES[0], frame: Frame | None = None) -> Built:
    """Build what readers see at `path` at the moment `at`: status 200, 301, 404 or 410.

    `fallback`: the language of "not found" where the address names none. `frame`: where it was read already.
    """
    target = read_address(path)
    builder = BUILDERS.get(target.kind) if target else None
    return run(builder, path, target or Target(""), at, fallback, frame)


def build_many(paths: Sequence[str], at: datetime) -> Iterator[tuple[str, Callable[[], Built]]]:
    """Yield each address with a function that builds its page as `build` does; it raises what building it raises.

    What the articles among them show is read at once, and so is the frame.
    """
    frame = read_frame()
    targets = {path: read_address(path) for path in paths}
    articles = {path: target for path, target in targets.items() if target and target.kind == "article"}
    found = dict(zip(articles, article.gather(list(articles.values()), at), strict=True)) if articles else {}
    for path in paths:
        if path in found:
            yield (
                path,
                lambda path=path: run(  # type: ignore[misc]
                    lambda visit: article.built(visit, found[visit.path]), path, articles[path], at, frame=frame
                ),
            )
        else:
            yield path, lambda path=path: build(path, at, frame=frame)  # type: ignore[misc]


def run(
    builder: Builder | None,
    path: str,
    target: Target,
    at: datetime,
    fallback: str = CODES[0],
    frame: Frame | None = None,
) -> Built:
    """Run a builder in the page's language and the newsroom's zone; turn its exceptions into their pages.

    Nothing stands at an address of a language that the outlet does not publish in.
    """
    frame = (frame or read_frame()).on(at)
    used, language = frame.site.used, target.language or language_of(path, fallback)
    if language not in used:
        language = used[0]
        if target.language:
            builder = None
    visit = Visit(path, target, at, frame, language)
    try:
        return _run(builder, visit)
    except Outdated:
        return _run(builder, visit._replace(frame=read_frame().on(at)))


def _run(builder: Builder | None, visit: Visit) -> Built:
    with translation.override(visit.language), timezone.override(visit.zone):
        try:
            return with_rights(builder, visit) if builder else not_found(visit)
        except Missing:
            return not_found(visit)
        except Moved as moved:
            return Built(301, b"", location=moved.path, language=visit.language)
        except Gone as withdrawn:
            return gone(visit, withdrawn.withdrawn_at)


def with_rights(builder: Builder, visit: Visit) -> Built:
    """Build a page without the photos whose rights have ended; it changes when the next of those that it shows does."""
    built = builder(visit)
    ends = rights.ends_in(built.body) if visit.frame.photos_end else {}
    ended = rights.ended(ends, visit.at)
    if ended:
        again = builder(visit._replace(frame=dataclasses.replace(visit.frame, ended=ended)))
        built = again._replace(body=rights.without_tags(again.body, ended))
    return rights.changing(built, ends, visit.at)


def language_of(path: str, fallback: str) -> str:
    """Return the language that an address begins with."""
    first = path.split("/")[1] if path.startswith("/") else ""
    return first if first in CODES else fallback
