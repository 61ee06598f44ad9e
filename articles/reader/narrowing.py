"""The filters of the search: what there is to choose is what the newest hits have, each with its number."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import django_filters
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ..models import KINDS, Author, Organization, Release
from ..models.languages import KNOWN, in_language
from ..models.rubrics import Rubric
from ..search import HitRow, Limits, SearchQuestion, is_printed, newest, together
from ..search.facets import BORNE, Facet, facets
from ..shown.sql import among, as_value, ask
from .filters import DayFilter, RubricFilter
from .visit import Visit

MOST = 20  # offered of a kind
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
    found = facets(rows, MOST)
    return SearchFilter(
        query.copy() if "language" in query else _with(query, "language", visit.language),
        category=_categories(rows, visit),
        **_borne(found.borne, made.borne, visit),
        author=_authors(found.authors, made.author, visit),
        mention=_mentions(found.entries, made.entry, visit),
        language=[(code, KNOWN[code].own_name) for code in visit.site.used],
    )


def _with(query: QueryDict, name: str, value: str) -> QueryDict:
    copy = query.copy()
    copy[name] = value
    return copy


def _categories(rows: Sequence[HitRow], visit: Visit) -> list[Choice]:
    numbers = Counter(one.category for one in rows)
    return [(one.slug, _numbered(one.name(visit.language), numbers[one.pk])) for one in visit.frame.categories]


def _borne(found: Mapping[str, Sequence[Facet]], made: Mapping[str, Rubric], visit: Visit) -> dict[str, list[Choice]]:
    """Return the regions and the topics that most of the hits bear, by kind, in their order."""
    offered = {}
    for kind, some in found.items():
        kept = list(some[:MOST])
        if (own := made.get(kind)) and all(one.pk != own.pk for one in kept):
            numbers = [one.number for one in some if one.pk == own.pk]
            kept.append(Facet(own.pk, own.slug, own.name_en, own.name_ru, own.position, sum(numbers)))
        offered[kind] = [_choice(one, visit) for one in sorted(kept, key=lambda one: (one.position, one.key))]
    return offered


def _authors(found: Sequence[Facet], made: Author | None, visit: Visit) -> list[Choice]:
    kept = list(found)
    if made is not None and all(one.pk != made.pk for one in kept):
        kept.append(Facet(made.pk, made.slug, made.name_en, made.name_ru, 0, 0))
    return [_choice(one, visit) for one in sorted(kept, key=lambda one: in_language(one, "name", visit.language))]


def _choice(one: Facet, visit: Visit) -> Choice:
    """Return a facet with its name, which bears its mark where it is on a register, and its number."""
    name = visit.frame.named(in_language(one, "name", visit.language), visit.language)
    return one.key, _numbered(name, one.number)


def _mentions(found: Sequence[Facet], made: Organization | None, visit: Visit) -> list[Choice]:
    numbers = {one.pk: one for one in found}
    if made is not None:
        numbers.setdefault(made.pk, Facet(made.pk, made.key, "", "", 0, 0))
    names = printed_names(list(numbers), visit) if numbers else {}
    offered = [pk for pk in numbers if pk in names]
    kept = offered[:MOST] + [pk for pk in offered[MOST:] if made is not None and pk == made.pk]
    named = sorted((names[pk], pk) for pk in kept)
    return [(numbers[pk].key, _numbered(name, numbers[pk].number)) for name, pk in named]


NAMES = (
    "SELECT n.organization_id, n.language, n.text, o.family FROM articles_name n "
    "JOIN articles_organization o ON o.id = n.organization_id WHERE n.organization_id {among} "
    "ORDER BY n.position, n.id"
)


def printed_names(entries: Sequence[int], visit: Visit) -> dict[int, str]:
    """Return the name of each entry that bears its mark, in the page's language before others; without those that have
    none, as a name without its mark is not printed."""
    rows = ask(NAMES.format(among=among()), [as_value(entries)])
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
