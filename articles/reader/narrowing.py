"""The filters of the search: what there is to choose is what the newest hits have, each with its number."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import django_filters
from django.db import connection
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ..models import KINDS, Author, Name, Organization, Release
from ..models.languages import KNOWN, in_language
from ..models.rubrics import Rubric
from ..search import HitRow, Limits, SearchQuestion, authors_of, is_printed, newest, together
from ..shown.sql import among
from .filters import DayFilter, RubricFilter
from .visit import Visit

MOST = 20  # offered of a kind
LOOKED_AT = 60  # entries whose names are looked at for that
BORNE = tuple(name for name, kind in KINDS.items() if kind.is_many)
Choice = tuple[str, str]  # address part, name in the page's language


class SearchFilter(django_filters.FilterSet):
    """The form of the filters; the index itself is asked within `Limits`."""

    category = RubricFilter(kind="category", label=_("Category"), empty_label=_("All categories"))
    region = RubricFilter(kind="region", label=_("Region"), empty_label=_("All regions"))
    topic = RubricFilter(kind="topic", label=_("Topic"), empty_label=_("All topics"))
    author = RubricFilter(kind="author", label=_("Author"), empty_label=_("All authors"))
    mention = RubricFilter(kind="mention", label=_("Mentioned"), empty_label=_("Anybody"))
    since = DayFilter(lookup_expr="gte", label=_("From"))
    until = DayFilter(lookup_expr="lte", label=_("To"))
    language = RubricFilter(kind="language", label=_("Language"), empty_label=None)

    class Meta:
        model = Release
        fields: tuple[str, ...] = ()

    def __init__(self, data: Mapping[str, str], **choices: Iterable[Choice]) -> None:
        """Offer these, by the names of the fields."""
        super().__init__(data, Release.objects.none())
        for name, offered in choices.items():
            self.filters[name].extra["choices"] = list(offered)


FIELDS = tuple(name for name in SearchFilter.base_filters if name != "language")


class ChosenLimits(NamedTuple):
    """What the query chooses, as far as there is such a thing. `limits`: None where a value cannot be; `borne`: a
    region and a topic, by their kinds."""

    limits: Limits | None
    author: Author | None
    entry: Organization | None
    borne: Mapping[str, Rubric]


def chosen(query: QueryDict, visit: Visit) -> ChosenLimits:
    """Return what the filters of a query stand for."""
    if not any(query.get(name) for name in SearchFilter.base_filters):
        return ChosenLimits(Limits(), None, None, {})
    slug, key = query.get("author", ""), query.get("mention", "")
    author = author_of(slug, visit)
    entry = Organization.objects.standing().filter(key=key).first() if key else None
    if entry is not None and not printed_names([entry.pk], visit):
        entry = None  # nobody who may not be named with a mark is named at all
    categories = {one.slug: one.pk for one in visit.frame.categories}
    borne = {kind: found for kind in BORNE if (found := borne_by(kind, query.get(kind, ""), visit))}
    known = SearchFilter(
        query,
        category=[(one, one) for one in categories],
        **{kind: [(one.slug, one.slug)] for kind, one in borne.items()},
        author=[(slug, slug)] if author else [],
        mention=[(key, key)] if entry else [],
        language=[(code, code) for code in visit.site.used],
    )
    if not known.is_valid():
        return ChosenLimits(None, author, entry, borne)
    clean = known.form.cleaned_data
    limits = Limits(
        since=clean["since"],
        until=clean["until"],
        rubrics=together(
            category=categories.get(clean["category"], 0), **{kind: one.pk for kind, one in borne.items()}
        ),
        author=author.pk if author else None,
        entry=entry.pk if entry else None,
    )
    return ChosenLimits(limits, author, entry, borne)


def author_of(slug: str, visit: Visit) -> Author | None:
    """Return an author by the address part, None where readers see no article with the name: who will be named beneath
    one is not known yet."""
    found = Author.objects.filter(slug=slug).first() if slug else None
    return found if found is not None and is_printed(found.pk, visit.at) else None


def borne_by(kind: str, slug: str, visit: Visit) -> Rubric | None:
    """Return a region or topic by its address part, None where readers see no article of it: one made for a story under
    embargo is not known yet."""
    found = KINDS[kind].model._default_manager.filter(slug=slug).first() if slug else None
    if found is None:
        return None
    limits = Limits(rubrics=together(**{kind: found.pk}))
    live = (newest(SearchQuestion(), code, visit.at, 1, limits=limits) for code in visit.site.used)
    return found if any(live) else None


def form_of(query: QueryDict, rows: Sequence[HitRow], made: ChosenLimits, visit: Visit) -> SearchFilter:
    """Return the filters, with what the hits have to choose from, and what is chosen."""
    return SearchFilter(
        query.copy() if "language" in query else _with(query, "language", visit.language),
        category=_categories(rows, visit),
        **_borne(rows, made.borne, visit),
        author=_authors(rows, made.author, visit),
        mention=_mentions(rows, made.entry, visit),
        language=[(code, KNOWN[code].own_name) for code in visit.site.used],
    )


def _with(query: QueryDict, name: str, value: str) -> QueryDict:
    copy = query.copy()
    copy[name] = value
    return copy


def _categories(rows: Sequence[HitRow], visit: Visit) -> list[Choice]:
    numbers = Counter(one.category for one in rows)
    return [(one.slug, _numbered(one.name(visit.language), numbers[one.pk])) for one in visit.frame.categories]


def _borne(rows: Sequence[HitRow], made: Mapping[str, Rubric], visit: Visit) -> dict[str, list[Choice]]:
    """Return the regions and the topics that most of the hits bear, by kind, in their order."""
    found: dict[str, list[BorneRow]] = {kind: [] for kind in BORNE}
    for row in _of_editions(rows) if rows else ():
        found[row.kind].append(row)
    offered = {}
    for kind, some in found.items():
        kept = some[:MOST]
        if (own := made.get(kind)) and all(row.slug != own.slug for row in kept):
            numbers = [row.number for row in some if row.slug == own.slug]
            kept.append(BorneRow(kind, own.slug, own.name_en, own.name_ru, own.position, sum(numbers)))
        kept.sort(key=lambda row: (row.position, row.slug))
        offered[kind] = [
            (
                row.slug,
                _numbered(visit.frame.named(in_language(row, "name", visit.language), visit.language), row.number),
            )
            for row in kept
        ]
    return offered


class BorneRow(NamedTuple):
    """A region or topic of hits, and of how many of them."""

    kind: str
    slug: str
    name_en: str
    name_ru: str
    position: int
    number: int


def _of_editions(rows: Sequence[HitRow]) -> list[BorneRow]:
    """Return the regions and topics of the hits, those of most of them first."""
    editions = among(one.edition for one in rows)
    counted = " UNION ALL ".join(
        f"SELECT '{kind}' AS kind, k.slug, k.name_en, k.name_ru, k.position, f.number FROM "  # noqa: S608
        f"(SELECT {kind}_id AS id, COUNT(*) AS number FROM {KINDS[kind].through} WHERE edition_id IN {editions} "
        f"GROUP BY {kind}_id) f JOIN {KINDS[kind].table} k ON k.id = f.id"
        for kind in BORNE
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM ({counted}) found ORDER BY number DESC, kind, slug")  # noqa: S608
        return [BorneRow._make(row) for row in cursor.fetchall()]


def _authors(rows: Sequence[HitRow], made: Author | None, visit: Visit) -> list[Choice]:
    numbers = authors_of(rows)
    wanted = [pk for pk, _number in sorted(numbers.items(), key=lambda one: (-one[1], one[0]))[:MOST]]
    found = {one.pk: one for one in Author.objects.filter(pk__in=wanted)} if wanted else {}
    if made is not None:
        found.setdefault(made.pk, made)
    return [
        (one.slug, _numbered(visit.frame.named(one.name(visit.language), visit.language), numbers[one.pk]))
        for one in sorted(found.values(), key=lambda one: one.name(visit.language))
    ]


def _mentions(rows: Sequence[HitRow], made: Organization | None, visit: Visit) -> list[Choice]:
    numbers = {pk: (key, number) for key, pk, number in _marked(rows)} if rows else {}
    if made is not None:
        numbers.setdefault(made.pk, (made.key, 0))
    names = printed_names(list(numbers), visit) if numbers else {}
    offered = [pk for pk in numbers if pk in names]
    kept = offered[:MOST] + [pk for pk in offered[MOST:] if made is not None and pk == made.pk]
    named = sorted((names[pk], pk) for pk in kept)
    return [(numbers[pk][0], _numbered(name, numbers[pk][1])) for name, pk in named]


def _marked(rows: Sequence[HitRow]) -> list[tuple[str, int, int]]:
    """Return key, id and number of hits of the entries that most of the hits mark."""
    editions = among(one.edition for one in rows)
    counted = (
        "SELECT organization_id, COUNT(DISTINCT edition_id) AS number FROM articles_mention "  # noqa: S608
        f"WHERE edition_id IN {editions} GROUP BY organization_id "
        f"ORDER BY number DESC, organization_id LIMIT {LOOKED_AT}"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT o.key, o.id, c.number FROM ({counted}) c JOIN articles_organization o ON o.id = c.organization_id "  # noqa: S608
            "ORDER BY c.number DESC, o.id"
        )
        return cursor.fetchall()


def printed_names(entries: Sequence[int], visit: Visit) -> dict[int, str]:
    """Return the name of each entry that bears its mark, in the page's language before others; without those that have
    none, as a name without its mark is not printed."""
    names = Name.objects.filter(organization__in=entries).order_by("position", "pk")
    rows = list(names.values_list("organization", "language", "text", "organization__family"))
    found: dict[int, str] = {}
    for own in (True, False):
        for pk, language, name, family in rows:
            if (language == visit.language) is own and pk not in found:
                text = as_spoken(name, family)
                printed = visit.frame.named(text, language if own else visit.language)
                if printed != text:
                    found[pk] = printed
    return found


def as_spoken(name: str, family: str) -> str:
    """Return a person's name with the family name behind the others, as texts have it and registers do not.

    >>> as_spoken("Рябоконев Тихон Саввич", "Рябоконев")
    'Тихон Саввич Рябоконев'
    """
    rest = name.removeprefix(f"{family} ")
    return f"{rest} {family}" if family and rest != name else name


def _numbered(name: str, number: int) -> str:
    return f"{name} ({number})" if number else name
