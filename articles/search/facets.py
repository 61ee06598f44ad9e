"""What hits have in common, each with the number of hits that have it: regions, topics, authors, marked entries."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..models import KINDS
from ..shown.sql import among, as_value, ask
from .rows import HitRow

BORNE = tuple(name for name, kind in KINDS.items() if kind.is_many)
LOOKED_AT = 60  # entries, those of most hits


class Facet(NamedTuple):
    """A region or topic, an author, or an entry, `number` of hits have it. `key`: its part of an address."""

    pk: int
    key: str
    name_en: str
    name_ru: str
    position: int
    number: int


class Facets(NamedTuple):
    """Regions and topics by their kind, those of most hits first; authors by their names; entries, without names,
    those of most hits first."""

    borne: dict[str, list[Facet]]
    authors: list[Facet]
    entries: list[Facet]


def facets(found: Sequence[HitRow], most: int) -> Facets:
    """Return what the hits have in common; of authors at most so many, those of most hits."""
    kinds: dict[str, list[Facet]] = {kind: [] for kind in (*BORNE, "authors", "entries")}
    if found:
        for kind, *facet in ask(STATEMENT.format(among=among()), _values(found)):
            kinds[kind].append(Facet(*facet))
    return Facets(
        {kind: sorted(kinds[kind], key=lambda one: (-one.number, one.key)) for kind in BORNE},
        _authors(kinds["authors"], most),
        sorted(kinds["entries"], key=lambda one: (-one.number, one.pk)),
    )


def _values(found: Sequence[HitRow]) -> list[str]:
    editions, rows = as_value(one.edition for one in found), as_value(one.row for one in found)
    return [editions] * len(BORNE) + [rows, editions]


def _authors(printed: Iterable[Facet], most: int) -> list[Facet]:
    """Return the authors of whom the names are printed; `printed`: the ids of those whom hits print together."""
    numbers: Counter[int] = Counter()
    for together in printed:
        numbers.update(dict.fromkeys(map(int, together.key.split()), together.number))
    some = [pk for pk, _number in sorted(numbers.items(), key=lambda one: (-one[1], one[0]))[:most]]
    asked = f"SELECT id, slug, name_en, name_ru, 0 FROM articles_author WHERE id {among()}"  # noqa: S608
    return [Facet._make((*row, numbers[row[0]])) for row in ask(asked, [as_value(some)])] if some else []


def _borne(kind: str) -> str:
    return (
        f"SELECT '{kind}' AS kind, k.id, k.slug, k.name_en, k.name_ru, k.position, f.number FROM "  # noqa: S608
        f"(SELECT {kind}_id AS id, COUNT(*) AS number FROM {KINDS[kind].through} WHERE edition_id {{among}} "
        f"GROUP BY {kind}_id) f JOIN {KINDS[kind].table} k ON k.id = f.id"
    )


MARKED = (
    "SELECT organization_id AS id, COUNT(DISTINCT edition_id) AS number FROM articles_mention "  # noqa: S608
    f"WHERE edition_id {{among}} GROUP BY organization_id ORDER BY number DESC, organization_id LIMIT {LOOKED_AT}"
)
STATEMENT = " UNION ALL ".join(
    (
        *map(_borne, BORNE),
        "SELECT 'authors', 0, authors, '', '', 0, COUNT(*) FROM articles_searchplace WHERE row {among} "
        "GROUP BY authors",
        f"SELECT 'entries', o.id, o.key, '', '', 0, m.number FROM ({MARKED}) m "  # noqa: S608
        "JOIN articles_organization o ON o.id = m.id",
    )
)
