"""Which places have a sign typed in already."""

from articles.footnotes.fold import GLYPH_CHARS
from articles.footnotes.marks import TypedMarks
from articles.footnotes.place import Place
from articles.footnotes.rules import NOT, Article

# A typed sign after a name that these rules reject is a mark all the same.
_STILL_DESIGNATED = frozenset({"ordinary_capital", "own_name", "not_in_force"})

Span = tuple[int, int]


def typed_signs(article: Article, places: list[Place]) -> dict[Place, list[Span]]:
    """Return the source spans of the signs of each place that has some.

    Signs directly at a name are given out first, so that `A B*` is a mark of B and not a displaced one of A.
    """
    found: dict[Place, list[Span]] = {}
    for passage in article.passages:
        if not passage.folded.signs:
            continue
        own = [place for place in places if place.hit.passage is passage and _designated(place)]
        typed = TypedMarks(passage.folded)
        source = passage.field.text
        for place in own:
            signs = typed.direct(place.start, place.end)
            if signs:
                found[place] = signs
        for place in own:
            if place not in found and (signs := typed.later(place.mark)):
                found[place] = signs
        for place in own:
            at = place.source_mark()
            if place not in found and source[at : at + 1] in tuple(GLYPH_CHARS):
                found[place] = []
    return found


def _designated(place: Place) -> bool:
    return place.hit.verdict != NOT or place.hit.rule in _STILL_DESIGNATED
