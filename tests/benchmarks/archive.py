"""Archives of many articles for the benchmarks: `python -m tests.benchmarks.archive 20000` fills the database that
DATABASE_URL names (by default data/bench/20000.sqlite3), once; a second call finds it and does nothing.

The articles are invented, of about 3,000 characters, dated over ten years; one in twelve names an organization of the
starter registers, and 500 name the Pelican Lighthouse Circle, which is on no register yet.
"""

import os
import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

NAMED = 500
NAME = "Pelican Lighthouse Circle"
FIRST = datetime(2016, 1, 1, 6, 0, tzinfo=UTC)
SOME = 500
WRITTEN = 20_000  # articles with texts of their own; larger archives hold copies of them
FOLDER = Path(__file__).resolve().parents[2] / "data" / "bench"
WORDS = """harbour council engineer ferry bridge winter court district budget school teacher market river storm
signal mayor captain letter repair evening railway doctor village library ticket island morning garden worker
season project minister contract inspector warehouse engine station paper coast museum valley timber""".split()
LISTED = ("Jehovah’s Witnesses", "the “Islamic State” (IS)", "Hizb ut-Tahrir", "Meta Platforms Inc.")


def point_django_at(size: int) -> None:
    """Choose the settings and the archive's database, unless the environment names another, and set Django up."""
    import django

    FOLDER.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER / f'{size}.sqlite3'}")
    os.environ.setdefault("DATA_DIR", str(FOLDER))
    os.environ["DEBUG"], os.environ["LOG_LEVEL"] = "1", "ERROR"
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    django.setup()
    from django.conf import settings

    settings.DEBUG = False


def sentence(chance: random.Random) -> str:
    words = [chance.choice(WORDS) for _ in range(chance.randint(8, 16))]
    return f"{' '.join(words).capitalize()}."


def story(number: int, named: set[int], chance: random.Random) -> tuple[str, str, str]:
    """Return headline, summary and HTML body of an article."""
    paragraphs = [" ".join(sentence(chance) for _ in range(4)) for _ in range(9)]
    if number % 12 == 0:
        paragraphs[3] += f" Officers spoke of {chance.choice(LISTED)}."
    if number in named:
        paragraphs[5] += f" A letter of the {NAME} was read."
    headline = sentence(chance).rstrip(".")[:90]
    if number in named and number % 5 == 0:
        headline = f"{NAME} {headline.lower()}"
    return headline, sentence(chance), "".join(f"<p>{text}</p>" for text in paragraphs)


def stories(size: int) -> Iterator[tuple[int, tuple[str, str, str]]]:
    """Yield each article's number and texts; the same for the same size."""
    chance = random.Random(size)
    named = set(chance.sample(range(size), min(NAMED, size)))
    for number in range(size):
        yield number, story(number, named, chance)


def fill(size: int) -> None:
    """Fill the database with `size` live, announced articles."""
    from django.core.management import call_command
    from django.utils import timezone

    from articles.models import Article, Category, Region, Site, Topic

    call_command("migrate", verbosity=0)
    if Article.objects.count() >= min(size, WRITTEN) * (size // min(size, WRITTEN)) * 0.9:
        return
    if Article.objects.exists():
        raise SystemExit("The database holds another archive: remove it first.")
    call_command("load_registers", verbosity=0, stdout=sys.stderr)
    Site(name_en="Bench", name_ru="Стенд", time_zone="Europe/Moscow").save()
    for model, number in ((Category, 6), (Region, 12), (Topic, 40)):
        name = model.__name__
        model.objects.bulk_create(
            model(slug=f"{name.lower()}-{n}", name_en=f"{name} {n}", name_ru=f"{name} {n}") for n in range(number)
        )
    some: list[tuple[int, tuple[str, str, str]]] = []
    now, written = timezone.now(), min(size, WRITTEN)
    for entry in stories(written):
        some.append(entry)
        if len(some) == SOME or entry[0] == written - 1:
            publish_many(some, written, now)
            print(f"\r{entry[0] + 1} of {written}", end="", file=sys.stderr)
            some.clear()
    print(file=sys.stderr)
    for copy in range(1, size // written):
        copy_all(copy, written)
        print(f"copy {copy}", file=sys.stderr)
    count_all()


def publish_many(some: list[tuple[int, tuple[str, str, str]]], size: int, now: datetime) -> None:
    """Store articles with editions, forms, releases, records and search rows, as publishing each would."""
    from django.db import transaction

    from articles import search
    from articles.editions import Asked, Content, House, Moments, annotate_content, edition_row, form_row, mention_rows
    from articles.editions import render as render_edition
    from articles.editions.content import printed_columns
    from articles.models import Address, Article, Edition, Mention, ReadingForm, Release
    from articles.publishing import record

    house = House.current()
    with transaction.atomic():
        articles, prepared = [], []
        for number, (headline, summary, body) in some:
            published_at = FIRST + timedelta(days=3650) * number / size
            filed = {"slug": f"story-{number}", "category_id": number % 6 + 1}
            articles.append(
                Article(language="en", headline=headline, summary=summary, body=body, state="approved", **filed)
            )
            content = Content(
                language="en",
                printed=printed_columns(Edition(headline=headline, summary=summary, body=body)),
                region_ids=(number % 12 + 1,),
                topic_ids=(number % 40 + 1,),
                **filed,
            )
            annotation = annotate_content(content, house, Asked(published_at, published_at, {}))
            moments = Moments(published_at, None, "first")
            prepared.append(render_edition(content, annotation, [], moments, house, live_at=published_at))
        Article.objects.bulk_create(articles)
        pairs = zip(articles, prepared, strict=True)
        editions = [edition_row(a.pk, 1, p, at=p.moments.published_at, staff=None, author_ids=[]) for a, p in pairs]
        Edition.objects.bulk_create(editions)
        issued = list(zip(editions, prepared, strict=True))
        Edition.regions.through.objects.bulk_create(
            Edition.regions.through(edition_id=e.pk, region_id=p.content.region_ids[0]) for e, p in issued
        )
        Edition.topics.through.objects.bulk_create(
            Edition.topics.through(edition_id=e.pk, topic_id=p.content.topic_ids[0]) for e, p in issued
        )
        Mention.objects.bulk_create(mention_rows(issued))
        forms = {row.sha256: row for row in (form_row(p.form.html) for p in prepared)}
        ReadingForm.objects.bulk_create(forms.values(), ignore_conflicts=True)
        releases = [release_row(e, p, form_row(p.form.html).sha256) for e, p in issued]
        Release.objects.bulk_create(releases)
        Address.objects.bulk_create(
            Address(language="en", date=r.published_date, slug=e.slug, article_id=r.article_id)
            for e, r in zip(editions, releases, strict=True)
        )
        digest = house.version.digest
        record.append_many([record.RecordLine("begin", r, r.live_at, digest) for r in releases], written_at=now)
        search.index(*editions)


def copy_all(copy: int, size: int) -> None:
    """Store the written articles once more under other ids and addresses, but for the 500 that name the circle.

    The publication record is not copied: its lines are chained.
    """
    from django.db import connection, transaction

    new_guid = "gen_random_uuid()" if connection.vendor == "postgresql" else "lower(hex(randomblob(16)))"
    step = copy * size * 10  # ids of mentions and rubrics too lie below this for the written articles
    named = f"SELECT rowid FROM articles_search WHERE {is_named(connection.vendor)}"
    kept = f"(SELECT edition_id FROM articles_release WHERE edition_id <= {size} AND indexed_as NOT IN ({named}))"
    rows = f"(SELECT indexed_as FROM articles_release WHERE edition_id <= {size} AND indexed_as NOT IN ({named}))"
    moved = {"id": f"id + {step}", "article_id": f"article_id + {step}", "edition_id": f"edition_id + {step}"}
    slug = {"slug": f"slug || '-{copy}'"}
    with transaction.atomic(), connection.cursor() as cursor:
        for table, key, changed in (
            ("articles_article", "id", {"id": moved["id"], "guid": new_guid} | slug),
            ("articles_edition", "id", {"id": moved["id"], "article_id": moved["article_id"]} | slug),
            ("articles_edition_regions", "edition_id", {"id": moved["id"], "edition_id": moved["edition_id"]}),
            ("articles_edition_topics", "edition_id", {"id": moved["id"], "edition_id": moved["edition_id"]}),
            ("articles_mention", "edition_id", moved),
            ("articles_release", "id", moved | {"indexed_as": f"indexed_as + {step}"}),
            ("articles_address", "article_id", {"id": moved["id"], "article_id": moved["article_id"]} | slug),
        ):
            names = [column.name for column in connection.introspection.get_table_description(cursor, table)]
            columns = ", ".join(map(connection.ops.quote_name, names))
            values = ", ".join(changed.get(name, connection.ops.quote_name(name)) for name in names)
            where = f"{key} <= {size} AND {key} IN {kept}"
            cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} WHERE {where}")
        cursor.execute(
            f"INSERT INTO articles_search (rowid, words, lemmas, folded) SELECT rowid + {step}, words, lemmas, folded "
            f"FROM articles_search WHERE rowid IN {rows} ORDER BY rowid"
        )


def is_named(vendor: str) -> str:
    """Return the condition that an edition in the index holds the circle's name."""
    words = NAME.lower()
    if vendor == "postgresql":
        return f"folded @@ phraseto_tsquery('simple', '{words}')"
    return f"articles_search MATCH 'folded : \"{words}\"'"


def release_row(edition: object, prepared: object, sha256: str) -> object:
    from articles import search
    from articles.models import Release

    at = prepared.moments.published_at  # type: ignore[attr-defined]
    return Release(
        article_id=edition.article_id,  # type: ignore[attr-defined]
        edition=edition,
        form_id=sha256,
        language="en",
        category_id=edition.category_id,  # type: ignore[attr-defined]
        published_at=at,
        published_date=prepared.published_date,  # type: ignore[attr-defined]
        issued_at=at,
        live_at=at,
        announced_at=at,
        counted=True,
        indexed_as=search.key_of(edition),  # type: ignore[arg-type]
    )


def count_all() -> None:
    """Make the archive's counts, and let the database look at its tables."""
    from django.db import connection
    from django.db.models import CharField, F, Value
    from django.db.models import Count as Number
    from django.db.models.functions import Concat

    from articles.models import Count, Release

    for kind, field in (
        ("", None),
        ("category:", "category"),
        ("region:", "edition__regions"),
        ("topic:", "edition__topics"),
    ):
        key = Concat(Value(kind), F(f"{field}__slug"), output_field=CharField()) if field else Value("")
        groups = (
            Release.objects.order_by().annotate(key=key).values_list("published_date", "key").annotate(Number("id"))
        )
        Count.objects.bulk_create(
            Count(language="en", date=day, rubric=rubric, number=number) for day, rubric, number in groups
        )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


if __name__ == "__main__":
    point_django_at(int(sys.argv[1]))
    fill(int(sys.argv[1]))
