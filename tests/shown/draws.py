"""Newsrooms drawn at random, straight into the database: articles with every history that acts and jobs leave behind,
of a few days that lists and the archive's counts have in common, around a moment until which jobs have run."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from typing import Any, NamedTuple

from articles.baking.counts import reconcile
from articles.models import (
    CODES,
    Address,
    BreakingLine,
    Category,
    Correction,
    Count,
    DayHead,
    Edition,
    FrontPlace,
    KeptPost,
    Photo,
    PhotoFile,
    PostUse,
    Region,
    RegisterVersion,
    Release,
    Site,
    Topic,
)
from articles.search import file_all
from articles.shown.beneath import MANY
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
        "to come, and to be followed": [
            Step(NOW + HOUR / 2, NOW + 2 * HOUR, "superseded", announced=False),
            Step(NOW + 2 * HOUR, announced=False),
        ],
        "to come later": [Step(NOW + 2 * HOUR, announced=False)],
        "announced by a clock ahead": [Step(FAR)],
        "far ahead": [Step(FAR + HOUR, announced=False)],
        "cancelled": [Step(NOW + HOUR / 3, NOW + HOUR / 3, "cancelled", announced=False)],
        "cancelled once": [Step(between, between, "cancelled", announced=False)],
        "cancelled, then live": [Step(old, old, "cancelled", announced=False), Step(between, counted=True)],
        "withdrawn": [Step(old, between, "withdrawn")],
        "withdrawn at once": [Step(between, between, "withdrawn")],
        "withdrawn by a clock ahead": [Step(between, NOW + 2 * HOUR, "withdrawn", announced=False)],
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
        "change cancelled": [first, Step(NOW + HOUR / 4, NOW + HOUR / 4, "cancelled", announced=False)],
        "followed and withdrawn": [Step(old, between, "superseded"), Step(between, NOW - HOUR / 4, "withdrawn")],
    }


def draw(seed: int, articles: int = 50) -> list[Release]:
    """Make a newsroom of so many articles and its counts, as jobs have left them at NOW; return its releases."""
    chance, made = random.Random(seed), list[Release]()
    kinds = sorted(histories(NOW))
    for number in range(articles):
        kind = kinds[number] if number < len(kinds) else chance.choice([*kinds, *["live", "to be followed"] * 8])
        made += article(chance, f"n{number}", kind, made)
    for days, kind in ((600, "withdrawn"), (590, "to come"), (580, "to be followed")):  # before all others
        made += article(chance, kind.replace(" ", "-"), kind, [], NOW - days * DAY, ("en", "ru")[seed % 2])
    for position, slugs in enumerate((["fog"], ["tide"], ["ice"])):
        Topic.objects.exclude(slug__in=slugs).filter(position=position).update(position=position + 1)
    add_editions("fog", MANY)
    if seed % 2 == 0:
        Site.objects.create(name_en="The Outlet", name_ru="Редакция", glyphs="daggers")
    for number, applied_at in ((2, NOW - DAY), (3, NOW - 2 * DAY), (4, None))[seed % 2 * 2 :]:
        kept = {"compiled": b"", "organizations": 0, "created_at": NOW - 9 * DAY}
        RegisterVersion.objects.create(number=number, digest=f"{number}", applied_at=applied_at, **kept)
    for day in range(4):
        kept_at = NOW - day * DAY + HOUR
        DayHead.objects.create(date=kept_at.date() - DAY, number=9 - day, hash=f"{day}" * 64, kept_at=kept_at)
    for name, until in (("a", None), ("b", NOW - HOUR), ("c", NOW + HOUR))[: 3 - 2 * (seed % 2)]:
        one = Photo.objects.create(original=name, web=f"{name}.jpg", width=1, height=1, rights_until=until)
        PhotoFile.objects.create(photo=one, web=f"{name}-before.jpg", replaced_at=NOW)
    front_page(chance, made)
    posts(made)
    reconcile(NOW)
    list(file_all())
    # What is left of a rubric that is no more, and of a day and a rubric without articles.
    Count.objects.create(date=date(1999, 1, 1), language="en", rubric="topic:gone", number=1)
    Count.objects.create(date=date(1998, 1, 1), language="en", rubric="", number=0)
    for model, kind in ((Region, "region"), (Topic, "topic")):
        model.objects.create(slug="emptied", name_en="Emptied", name_ru="Пусто")
        Count.objects.create(date=NOW.date(), language="en", rubric=f"{kind}:emptied", number=0)
    return made


def posts(made: list[Release]) -> None:
    """Keep three posts, two of them gone from their sites; the first articles hold some of them."""
    kept = [
        KeptPost.objects.create(
            kind="telegram", number=f"a/{n}", link=f"https://t.me/a/{n}", is_gone=n > 0, kept_at=NOW
        )
        for n in range(3)
    ]
    articles = sorted({one.article_id for one in made})
    for article, held in zip(articles[::2], cycle((kept, kept[:1], kept[1:2], [])), strict=False):
        PostUse.objects.bulk_create(PostUse(article_id=article, post=post) for post in held)


def front_page(chance: random.Random, made: list[Release]) -> None:
    """Place a third of the articles on front pages, in their own language or not, in blocks of their own category or
    not, some until a moment; and give each page a breaking line that hangs on an article or on none."""
    articles = sorted({one.article for one in made}, key=lambda one: one.pk)
    categories = list(Category.objects.order_by("pk"))
    for number, language in enumerate(CODES):
        moments = [None, None, NOW - HOUR, NOW, NOW + HOUR - number * HOUR / 4, NOW + 2 * HOUR]
        position = Counter[Any]()
        for one in chance.sample(articles, len(articles) // 3):
            kind = chance.choice(["lead", "second", "row"])
            category = chance.choice(categories) if kind == "row" else None
            FrontPlace.objects.create(
                language=language,
                kind=kind,
                category=category,
                position=position[kind, category],
                article=one,
                until=chance.choice(moments),
                placed_at=NOW,
            )
            position[kind, category] += 1
        BreakingLine.objects.create(
            language=language,
            text=f"Said in {language}",
            link="/en/",
            article=chance.choice([None, *articles]),
            until=chance.choice(moments),
            placed_at=NOW,
        )


def add_editions(topic: str, number: int) -> None:
    """File so many more editions under a topic, which nobody has released."""
    like = Edition.objects.order_by("pk")[0]
    names = [field.attname for field in Edition._meta.concrete_fields if field.attname not in ("id", "number")]
    columns = {name: getattr(like, name) for name in names}
    made = Edition.objects.bulk_create([Edition(number=1000 + n, **columns) for n in range(number)])
    through = Edition.topics.through
    pk = Topic.objects.get(slug=topic).pk
    through._default_manager.bulk_create([through(edition_id=one.pk, topic_id=pk) for one in made])


def article(
    chance: random.Random,
    slug: str,
    kind: str,
    earlier: list[Release],
    dated: datetime | None = None,
    language: str = "",
) -> Iterator[Release]:
    """Make one article with its history, addresses and corrections; some are translations of earlier ones."""
    hours = chance.choice([2, 5, chance.randint(2, 22)])
    old = dated or NOW - chance.choice([0, 0, 1, 1, 2, 30, 31, 400]) * DAY - hours * HOUR
    given, origin, own = filed(chance, kind), None, None
    dated = old
    if language:
        given["language"] = language
    sources = [one for one in earlier if one.article.origin_article_id is None and one.language == "en"]
    if sources and chance.random() < 0.3:
        source = chance.choice(sources)
        origin = source.article
        if chance.random() < 0.5:  # of the same day and under the same address part, in the other language
            given, dated, slug = given | {"language": "ru"}, source.published_at, f"{source.edition.slug}"
            if Address.objects.filter(language="ru", date=dated.date(), slug=slug).exists():
                slug = f"{slug}-too"
    for number, step in enumerate(histories(old)[kind]):
        if number and chance.random() < 0.4:  # moved to another day, other rubrics, another address
            if chance.random() < 0.6:
                given = filed(chance, kind) | ({"language": given["language"]} if chance.random() < 0.7 else {})
            dated -= chance.choice([0 * DAY, HOUR, DAY, 31 * DAY])
            slug = chance.choice([slug, f"{slug}-moved"])
            if Address.objects.filter(language=given["language"], date=dated.date(), slug=slug).exclude(article=own):
                slug = f"{slug}-too"
        release = released(
            slug,
            dated,
            issued_at=min(dated, step.live_at),
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
        if chance.random() < 0.6:
            moment = chance.choice([step.live_at, NOW - HOUR, NOW, NOW + HOUR])
            Correction.objects.create(
                article=own, edition=release.edition, kind="correction", text=f"Put right {number}.", made_at=moment
            )
        yield release


def filed(chance: random.Random, kind: str) -> dict[str, Any]:
    """Return under what an edition is filed, and a little of what it prints; some rubrics are only borne by articles of
    one kind of history."""
    own = kind.replace(",", "").replace(" ", "-")
    return {
        "language": chance.choice(["en", "en", "ru"]),
        "category": chance.choice(["law", "sea"]),
        "regions": chance.sample(["north", "south", own], chance.randint(0, 2)),
        "topics": chance.sample(["ice", "fog", "tide", own], chance.randint(0, 3)),
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
