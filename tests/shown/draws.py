"""Newsrooms drawn at random, straight into the database: articles with every history that acts and jobs leave behind,
of a few days that lists and the archive's counts have in common, around a moment until which jobs have run."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from articles.baking.counts import reconcile
from articles.models import Address, Article, Correction, DayHead, Release, Topic
from tests.pagemap.released import released

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)  # what has begun or ended until here is announced and counted
TICK, HOUR, DAY = timedelta(microseconds=1), timedelta(hours=1), timedelta(days=1)
# All between the moments at which anything begins or ends, and exactly at them.
MOMENTS = (NOW - HOUR, NOW, NOW + HOUR - TICK, NOW + HOUR, NOW + 2 * HOUR, NOW + 3 * HOUR)
ASKED = MOMENTS[1:]  # the counts are only asked for what is still to come, or now
FAR = NOW + 9 * DAY
MARK = {"field": "headline", "start": 0, "end": 1, "mark_at": 1, "organization": 1, "registers": ["one"]}


class Step(NamedTuple):
    """A release of a history: from when to when, how it ended, whether a job has seen its begin, and counts it."""

    live_at: datetime
    ended_at: datetime | None = None
    ending: str = ""
    announced: bool = True
    counted: bool = False


def histories(old: datetime) -> dict[str, list[Step]]:
    """Return what an article may have behind and before it; `old`: some moment more than an hour past."""
    between = NOW - HOUR / 2
    first = Step(old, counted=True)
    return {
        "live": [first],
        "due": [Step(NOW, announced=False)],
        "due since": [Step(between, announced=False)],
        "to come": [Step(NOW + HOUR, announced=False)],
        "to come later": [Step(NOW + 2 * HOUR, announced=False)],
        "announced by a clock ahead": [Step(FAR)],
        "far ahead": [Step(FAR + HOUR, announced=False)],
        "cancelled": [Step(NOW + HOUR, NOW + HOUR, "cancelled", announced=False)],
        "cancelled once": [Step(between, between, "cancelled", announced=False)],
        "cancelled, then live": [Step(old, old, "cancelled", announced=False), Step(between, counted=True)],
        "withdrawn": [Step(old, between, "withdrawn")],
        "withdrawn at once": [Step(between, between, "withdrawn")],
        "withdrawn before any job": [Step(old, between, "withdrawn", announced=False)],
        "followed": [Step(old, between, "superseded"), Step(between, counted=True)],
        "followed, and not announced": [Step(old, between, "superseded", announced=False), Step(between, counted=True)],
        "relabelled": [Step(old, between, "superseded"), Step(between, announced=False, counted=True)],
        "to be followed": [Step(old, NOW + HOUR, "superseded", counted=True), Step(NOW + HOUR, announced=False)],
        "to be followed twice": [
            Step(old, NOW + HOUR, "superseded", counted=True),
            Step(NOW + HOUR, NOW + 2 * HOUR, "superseded", announced=False),
            Step(NOW + 2 * HOUR, announced=False),
        ],
        "change cancelled": [first, Step(NOW + HOUR, NOW + HOUR, "cancelled", announced=False)],
        "followed and withdrawn": [Step(old, between, "superseded"), Step(between, NOW - HOUR / 4, "withdrawn")],
    }


def draw(seed: int, articles: int = 40) -> list[Release]:
    """Make a newsroom of so many articles and its counts, as jobs have left them at NOW; return its releases."""
    chance, made = random.Random(seed), list[Release]()
    kinds = sorted(histories(NOW))
    for number in range(articles):
        kind = kinds[number] if number < len(kinds) else chance.choice([*kinds, *["live"] * len(kinds)])
        made += article(chance, f"n{number}", kind, made)
    for position, slug in enumerate(("tide", "ice")):  # others stand before them, in the order of their names
        Topic.objects.filter(slug=slug).update(position=position + 1)
    for day in range(4):
        kept_at = NOW - day * DAY + HOUR
        DayHead.objects.create(date=kept_at.date() - DAY, number=9 - day, hash=f"{day}" * 64, kept_at=kept_at)
    reconcile(NOW)
    return made


def article(chance: random.Random, slug: str, kind: str, earlier: list[Release]) -> Iterator[Release]:
    """Make one article with its history, addresses and corrections."""
    old = NOW - chance.choice([0, 0, 1, 1, 2, 30, 31, 400]) * DAY - chance.randint(2, 22) * HOUR
    given, origin = filed(chance), None
    if earlier and chance.random() < 0.3:
        origin = chance.choice([one.article for one in earlier if one.article.origin_article_id is None] or [None])
    dated, own = old, None
    for number, step in enumerate(histories(old)[kind]):
        if number and chance.random() < 0.4:  # moved to other rubrics, another day, another address
            given = filed(chance) | {"language": given["language"]}
            dated, slug = dated - chance.choice([0, 1, 31]) * DAY, chance.choice([slug, f"{slug}-moved"])
        release = released(
            slug,
            dated,
            issued_at=dated,
            live_at=step.live_at,
            ended_at=step.ended_at,
            ending=step.ending,
            announced_at=step.live_at if step.announced else None,
            counted=step.counted,
            origin=origin,
            article=own,
            **given,
        )
        own = release.article
        address(release)
        if (number and given["corrections"]) or chance.random() < 0.2:
            moment = chance.choice([step.live_at, NOW - HOUR, NOW])
            Correction.objects.create(
                article=own, edition=release.edition, kind="correction", text=f"Put right {number}.", made_at=moment
            )
        yield release


def filed(chance: random.Random) -> dict[str, Any]:
    """Return under what an edition is filed, and a little of what it prints."""
    return {
        "language": chance.choice(["en", "en", "ru"]),
        "category": chance.choice(["law", "sea"]),
        "regions": chance.sample(["north", "south"], chance.randint(0, 2)),
        "topics": chance.sample(["ice", "fog", "tide"], chance.randint(0, 3)),
        "corrections": chance.choice([[], [], [{"kind": "correction", "text": "It was.", "made_at": NOW.isoformat()}]]),
        "photo": chance.choice([{}, {"web": "p.jpg", "alt": "A dune"}]),
        "summary": chance.choice(["", "What the sea took."]),
        "bylines": chance.choice([[], ["N. Arkady"]]),
        "marks": chance.choice([[], [MARK]]),
        "modified_at": chance.choice([None, NOW - HOUR]),
    }


def address(release: Release) -> None:
    """Keep the address of a release; the article's last one is its current one."""
    Address.objects.filter(article=release.article).update(current=False)
    Address.objects.update_or_create(
        language=release.language,
        date=release.published_date,
        slug=release.edition.slug,
        defaults={"article": release.article, "current": True},
    )


def an_article_without_releases() -> Article:
    """Return an article that has an address, and that readers have never seen."""
    category = Release.objects.all()[0].category
    made = Article.objects.create(language="en", slug="none", headline="None", category=category)
    Address.objects.create(language="en", date=NOW.date(), slug="none", article=made)
    return made
