"""The review queue: a row for each unclear mention of what readers see or will see, and of the working copies.

Rows are written when an article is saved, released or relabelled; the gate itself reads what the engine says, not these
rows.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from ..editions import (
    Asked,
    Content,
    House,
    Past,
    Prepared,
    annotate_content,
    content_of_article,
    content_of_edition,
    decisions_of,
    fields_of,
    past_of,
    published_then,
    sentence_around,
    strip_content,
)
from ..footnotes.annotate import decision_key
from ..footnotes.types import Candidate
from ..models import Article, Batch, MentionDecision, Organization, Release, UnclearMention
from ..registers import NoRegisters

logger = logging.getLogger(__name__)
Spot = tuple[int, str]  # article, decision key
Found = tuple[int, Content, tuple[Candidate, ...]]  # article, what was read, what is unclear in it
RECENT = 300  # working copies


def refresh(article: Article, at: datetime) -> None:
    """Bring the rows of an article in line with its released editions and its working copy as they stand."""
    try:
        read(article, House.current(), at)
    except NoRegisters:
        return


def read(article: Article, house: House, at: datetime) -> None:
    """Ask the engine about everything of the article that is or may be shown, and settle its rows."""
    decisions = decisions_of(article)
    released = [read_release(release, house, decisions, at) for release in releases_of(article, at)]
    drafts = [] if article.binned_at else [read_working_copy(article, house, decisions, at)]
    now = rows_of(drafts, at, is_released=False) | rows_of(released, at, is_released=True)
    known = {(row.article_id, row.key): row for row in UnclearMention.objects.filter(article=article)}
    settle(known, now, gone=known.keys() - now.keys())


def follow(article: Article, release: Release, prepared: Prepared, past: Past, at: datetime) -> None:
    """Bring the rows in line with a release of the working copy, which says the same: what was prepared was asked of.

    What readers see until a schedule begins says what it said, and keeps its rows. Where that schedule takes the place
    of another, whose rows may be among them, the engine is asked. `past`: the releases before the act.
    """
    known = {(row.article_id, row.key): row for row in UnclearMention.objects.filter(article=article)}
    now = rows_of([(article.pk, prepared.content, prepared.annotation.unclear)], at, is_released=True)
    if release.live_at > at:
        if past.is_ahead(at):
            house, decisions = House.current(), decisions_of(article)
            others = [one for one in releases_of(article, at) if one.pk != release.pk]
            now |= rows_of([read_release(one, house, decisions, at) for one in others], at, is_released=True)
        else:
            now |= {spot: row for spot, row in known.items() if row.is_released and spot not in now}
    settle(known, now, gone=known.keys() - now.keys())


def releases_of(article: Article, at: datetime) -> Iterable[Release]:
    releases = Release.objects.not_ended(at).filter(article=article)
    return releases.select_related("edition").prefetch_related("edition__regions", "edition__topics")


def read_release(release: Release, house: House, decisions: dict[str, str], at: datetime) -> Found:
    """Return what is unclear in a released edition, by the registers of the day on which it is read."""
    content = content_of_edition(release.edition)
    asked = Asked(max(release.live_at, at), release.edition.published_at, decisions)
    return release.article_id, content, annotate_content(content, house, asked).unclear


def read_working_copy(article: Article, house: House, decisions: dict[str, str], at: datetime) -> Found:
    content = strip_content(content_of_article(article), house)
    asked = Asked(at, published_then(article, past_of(article), at), decisions)
    return article.pk, content, annotate_content(content, house, asked).unclear


def keep_released(articles: Sequence[int], found: Sequence[Found], at: datetime, batch: Batch) -> None:
    """Bring the rows of many articles in line with what a relabel found in their released editions.

    One query while nothing is unclear. What only a working copy asks stays as it is.
    """
    known = known_spots(articles)
    now = rows_of(found, at, is_released=True, batch=batch)
    if now.keys() - known.keys():
        answers = MentionDecision.objects.filter(article_id__in=articles).values_list("article_id", "key")
        for spot in now.keys() & set(answers):  # given since the relabel has read the article
            del now[spot]
    settle(known, now, gone={spot for spot, row in known.items() if row.is_released} - now.keys())


def known_spots(articles: Sequence[int]) -> dict[Spot, UnclearMention]:
    """Return the rows of these articles, without their sentences."""
    rows = UnclearMention.objects.filter(article_id__in=articles).defer("before", "after")
    return {(row.article_id, row.key): row for row in rows}


def spots_of(found: Found) -> set[Spot]:
    article, _content, unclear = found
    return {(article, decision_key(candidate)) for candidate in unclear}


def rows_of(
    found: Iterable[Found], at: datetime, *, is_released: bool, batch: Batch | None = None
) -> dict[Spot, UnclearMention]:
    """Return the rows, not stored yet; what the rows of the registers no longer name has none."""
    some = [one for one in found if one[2]]
    keys = {candidate.organization for _article, _content, unclear in some for candidate in unclear}
    organizations = dict(Organization.objects.filter(key__in=keys).values_list("key", "pk")) if keys else {}
    rows: dict[Spot, UnclearMention] = {}
    for article, content, unclear in some:
        fields = {field.name: field for field in fields_of(content)}
        for candidate in unclear:
            if candidate.organization not in organizations:
                continue
            before, surface, after = sentence_around(candidate, fields[candidate.field])
            rows[article, decision_key(candidate)] = UnclearMention(
                article_id=article,
                organization_id=organizations[candidate.organization],
                key=decision_key(candidate),
                field=candidate.field,
                before=before,
                surface=surface[:300],
                after=after,
                registers="+".join(candidate.registers),
                rule=candidate.rule,
                is_released=is_released,
                batch=batch,
                found_at=at,
            )
    return rows


def settle(known: Mapping[Spot, UnclearMention], now: Mapping[Spot, UnclearMention], gone: Iterable[Spot]) -> None:
    """Store what is new, drop what is gone; a row that stays keeps the time it was found. Nothing new locks nothing."""
    dropped = [known[spot].pk for spot in gone]
    added = [row for spot, row in now.items() if spot not in known]
    changed = []
    for spot in known.keys() & now.keys():
        row, new = known[spot], now[spot]
        if (row.is_released, row.rule, row.registers) != (new.is_released, new.rule, new.registers):
            row.is_released, row.rule, row.registers = new.is_released, new.rule, new.registers
            changed.append(row)
    if not (dropped or added or changed):
        return
    with transaction.atomic():
        UnclearMention.objects.filter(pk__in=dropped).delete()
        UnclearMention.objects.bulk_update(changed, ["is_released", "rule", "registers"])
        UnclearMention.objects.bulk_create(added, ignore_conflicts=True)


def refresh_working_copies(at: datetime) -> None:
    """Read again the working copies that a relabel does not look at: readers see nothing of them, nor will.

    Of those saved last, RECENT at most, so that it costs the same in any archive; older ones wait for their next save.
    """
    recent = list(Article.objects.kept().order_by("-updated_at", "-pk").values_list("pk", flat=True)[:RECENT])
    shown = set(Release.objects.not_ended(at).filter(article__in=recent).values_list("article_id", flat=True))
    waiting = Article.objects.filter(pk__in=[pk for pk in recent if pk not in shown])
    house = House.current()
    for article in waiting.select_related("lead_photo", "origin_article"):
        try:
            read(article, house, at)
        except Exception:  # it is read again at its next save; the relabel that asks has an end all the same
            logger.exception("The working copy %s cannot be read", article.pk)
