"""A small invented newsroom for tests: registers, an outlet, users for each role, articles."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import Group, User

from articles.models import Article, Author, Byline, Category, Organization, Region, Site, Topic
from articles.registers import load_register_data, refresh_version

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def note(one: str, many: str, inline: str, lifted: str) -> dict[str, Any]:
    texts = {"one": one, "many": many, "inline": inline, "lifted": lifted}
    return {key: {"text": text, "source": "invented for tests"} for key, text in texts.items()}


def register(key: str, status: str, word_en: str, word_ru: str) -> dict[str, Any]:
    return {
        "key": key,
        "jurisdiction": "RU",
        "status": status,
        "title": {"en": f"List of {word_en} organizations", "ru": f"Перечень: {word_ru}"},
        "keeper": {"en": "Keeper", "ru": "Хранитель"},
        "notes": {
            "en": note(
                f"The organization is listed as {word_en}.",
                f"The organizations are listed as {word_en}.",
                f"listed as {word_en}",
                f"The organization was listed as {word_en} until {{until}}.",
            ),
            "ru": note(
                f"Организация в перечне: {word_ru}.",
                f"Организации в перечне: {word_ru}.",
                f"в перечне: {word_ru}",
                f"До {{until}} организация была в перечне: {word_ru}.",
            ),
        },
    }


def organization(
    key: str, names: list[dict[str, Any]], *registers: str, since: str | None = "2020-01-01"
) -> dict[str, Any]:
    return {
        "key": key,
        "names": names,
        "designations": [{"register": one, "since": since, "until": None, "source": "invented"} for one in registers],
    }


def registers_data() -> dict[str, Any]:
    """Return a register file: two registers, five organizations."""
    return {
        "own_notice": {"ru": {"text": "МАТЕРИАЛ СОЗДАН {name}.", "source": "invented", "size": 2.0, "place": "head"}},
        "registers": [
            register("test-terrorist", "terrorist", "terrorist", "террористические"),
            register("test-agents", "foreign_agent", "foreign agents", "иноагенты"),
        ],
        "organizations": [
            organization(
                "grey-wolves-league",
                [
                    {"text": "Grey Dune League", "language": "en", "strength": "strong"},
                    {"text": "GDL", "language": "en", "strength": "strong", "kind": "abbreviation"},
                    {"text": "Лига серых дюн", "language": "ru", "strength": "strong"},
                ],
                "test-terrorist",
            ),
            organization(
                "northern-lamp",
                [
                    {"text": "Northern Lamp Fund", "language": "en", "strength": "strong"},
                    {"text": "фонд «Северная лампа»", "language": "ru", "strength": "strong"},
                ],
                "test-agents",
            ),
            organization(
                "both-lists",
                [{"text": "Twofold Bridge", "language": "en", "strength": "strong"}],
                "test-terrorist",
                "test-agents",
            ),
            organization("harbour", [{"text": "Harbour", "language": "en", "strength": "ask"}], "test-agents"),
            organization(
                "own-outlet",
                [
                    {"text": "Tern Herald", "language": "en", "strength": "strong"},
                    {"text": "Вестник крачки", "language": "ru", "strength": "strong"},
                ],
                "test-agents",
            ),
        ],
    }


def make_newsroom(*, publisher: str | None = None) -> Site:
    """Store the registers, the outlet's row, and rubrics."""
    load_register_data(registers_data())
    refresh_version(NOW)
    site = Site(name_en="Tern Herald", name_ru="Вестник крачки", time_zone="Europe/Moscow")
    if publisher:
        site.publisher = Organization.objects.get(key=publisher)
    site.save()
    Category.objects.get_or_create(slug="politics", defaults={"name_en": "Politics", "name_ru": "Политика"})
    Category.objects.get_or_create(slug="courts", defaults={"name_en": "Courts", "name_ru": "Суды"})
    Region.objects.get_or_create(slug="north", defaults={"name_en": "North", "name_ru": "Север"})
    Topic.objects.get_or_create(slug="elections", defaults={"name_en": "Elections", "name_ru": "Выборы"})
    return site


def make_user(role: str) -> User:
    """Return a user of a role, such as "Editor"."""
    user, created = User.objects.get_or_create(username=role.lower().replace(" ", "-"), defaults={"is_staff": True})
    if created:
        user.set_password("correct horse battery")
        user.save()
        user.groups.add(Group.objects.get(name=role))
    return User.objects.get(pk=user.pk)


def make_article(slug: str = "dunes", *, language: str = "en", category: str = "politics", **fields: Any) -> Article:
    """Return a stored working copy that names one organization."""
    fields = {
        "headline": "GDL cells found in the harbour",
        "summary": "The Grey Dune League says it was elsewhere.",
        "body": "<p>Officers spoke of the “Grey Dune League” (GDL). The GDL's lawyer objected.</p>",
    } | fields
    authors = fields.pop("authors", ["Anna Tern"])
    article = Article.objects.create(
        slug=slug, language=language, category=Category.objects.get(slug=category), **fields
    )
    article.regions.set(Region.objects.filter(slug="north"))
    article.topics.set(Topic.objects.filter(slug="elections"))
    for position, name in enumerate(authors):
        author, _created = Author.objects.get_or_create(
            slug=name.lower().replace(" ", "-"), defaults={"name_en": name, "name_ru": name}
        )
        Byline.objects.create(article=article, author=author, position=position)
    return article
