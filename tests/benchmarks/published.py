"""Articles of an archive with all that publishing each would have stored, many in one transaction."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction

from articles import search
from articles.editions import Asked, Content, House, Moments, annotate_content, edition_row, form_row, mention_rows
from articles.editions import render as render_edition
from articles.editions.content import printed_columns
from articles.editions.issue import Prepared
from articles.models import (
    Address,
    Article,
    Category,
    Edition,
    Mention,
    Page,
    ReadingForm,
    Region,
    Release,
    Site,
    Topic,
)
from articles.pagemap import article_path
from articles.publishing import record
from tests.benchmarks.copies import reset_sequences, step

FIRST = datetime(2016, 1, 1, 6, 0, tzinfo=UTC)
DAYS = 3650
RUBRICS: tuple[tuple[Any, int], ...] = ((Category, 6), (Region, 12), (Topic, 40))
Texts = tuple[str, str, str]  # headline, summary, body in HTML


def make_rubrics() -> None:
    """Store the outlet's row and the rubrics under which the articles are filed."""
    Site(name_en="Bench", name_ru="Стенд", time_zone="Europe/Moscow").save()
    for model, number in RUBRICS:
        name = model.__name__
        model.objects.bulk_create(
            model(slug=f"{name.lower()}-{n}", name_en=f"{name} {n}", name_ru=f"{name} {n}") for n in range(number)
        )


def contents(some: Sequence[tuple[int, Texts]], copy: int) -> list[Content]:
    """Return what the articles of these numbers print and where they are filed; `copy`: as in `copies`, 0 for none."""
    ids = [
        list(
            model.objects.filter(slug__startswith=f"{model.__name__.lower()}-")
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        for model, _number in RUBRICS
    ]
    return [
        Content(
            language="en",
            printed=printed_columns(Edition(headline=headline, summary=summary, body=body)),
            slug=f"story-{number}-{copy}" if copy else f"story-{number}",
            category_id=ids[0][number % len(ids[0])],
            region_ids=(ids[1][number % len(ids[1])],),
            topic_ids=(ids[2][number % len(ids[2])],),
        )
        for number, (headline, summary, body) in some
    ]


def publish_many(some: Sequence[tuple[int, Texts]], size: int, now: datetime, copy: int = 0) -> None:
    """Store articles with editions, forms, releases, records, pages and search rows, as publishing each would.

    `some`: their numbers, from 0, of which the ids follow, with their texts; dated over ten years by number and `size`.
    """
    house = House.current()
    prepared = []
    for (number, _texts), content in zip(some, contents(some, copy), strict=True):
        at = FIRST + timedelta(days=DAYS) * number / size
        annotation = annotate_content(content, house, Asked(at, at, {}))
        prepared.append(render_edition(content, annotation, [], Moments(at, None, "first"), house, live_at=at))
    ids = [number + 1 + step(copy, size) for number, _texts in some]
    with transaction.atomic():
        store_articles(ids, prepared)
        editions = store_editions(ids, prepared)
        forms = {row.sha256: row for row in (form_row(one.form.html) for one in prepared)}
        ReadingForm.objects.bulk_create(forms.values(), ignore_conflicts=True)
        releases = [release_row(e, form_row(one.form.html)) for e, one in zip(editions, prepared, strict=True)]
        Release.objects.bulk_create(releases)
        Address.objects.bulk_create(
            Address(language=e.language, date=e.published_date, slug=e.slug, article_id=e.article_id) for e in editions
        )
        Page.objects.bulk_create(
            Page(path=article_path(e.language, e.published_date, e.slug), kind="article", article_id=e.article_id)
            for e in editions
        )
        digest = house.version.digest
        record.append_many([record.RecordLine("begin", one, one.live_at, digest) for one in releases], written_at=now)
        search.index(*editions)
    reset_sequences()


def store_articles(ids: Sequence[int], prepared: Sequence[Prepared]) -> None:
    """Store the working copies with their rubrics."""
    contents = [one.content for one in prepared]
    Article.objects.bulk_create(
        Article(
            pk=pk,
            state="approved",
            language=one.language,
            slug=one.slug,
            category_id=one.category_id,
            **{column: one.printed[column] for column in ("headline", "summary", "body")},
        )
        for pk, one in zip(ids, contents, strict=True)
    )
    regions, topics = Article.regions.through, Article.topics.through
    pairs = list(zip(ids, contents, strict=True))
    regions.objects.bulk_create(regions(article_id=pk, region_id=region) for pk, c in pairs for region in c.region_ids)
    topics.objects.bulk_create(topics(article_id=pk, topic_id=topic) for pk, c in pairs for topic in c.topic_ids)


def store_editions(ids: Sequence[int], prepared: Sequence[Prepared]) -> list[Edition]:
    """Store the editions, each with the id of its article, with their rubrics and mentions."""
    editions = []
    for pk, one in zip(ids, prepared, strict=True):
        edition = edition_row(pk, 1, one, at=one.moments.published_at, staff=None, author_ids=[])
        edition.pk = pk
        editions.append(edition)
    Edition.objects.bulk_create(editions)
    issued = list(zip(editions, prepared, strict=True))
    regions, topics = Edition.regions.through, Edition.topics.through
    regions.objects.bulk_create(
        regions(edition_id=e.pk, region_id=region) for e, one in issued for region in one.content.region_ids
    )
    topics.objects.bulk_create(
        topics(edition_id=e.pk, topic_id=topic) for e, one in issued for topic in one.content.topic_ids
    )
    Mention.objects.bulk_create(mention_rows(issued))
    return editions


def release_row(edition: Edition, form: ReadingForm) -> Release:
    """Return the release of an edition from its publication on, announced and counted."""
    at = edition.published_at
    return Release(
        article_id=edition.article_id,
        edition=edition,
        form_id=form.sha256,
        language=edition.language,
        category_id=edition.category_id,
        published_at=at,
        published_date=edition.published_date,
        issued_at=at,
        live_at=at,
        announced_at=at,
        counted=True,
        indexed_as=search.key_of(edition),
    )
