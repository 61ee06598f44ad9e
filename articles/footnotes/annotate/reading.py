"""The order in which a reader comes by: a text that stands in the middle of another is read there."""

from collections.abc import Sequence

from articles.footnotes.place import Place
from articles.footnotes.types import Field


def in_reading_order(places: list[Place], fields: Sequence[Field]) -> list[Place]:
    """Return the places, which come by field, in the order in which they are read."""
    if not any(field.within for field in fields):
        return places
    order = {field.name: number for number, field in enumerate(fields)}

    def read(place: Place) -> tuple[int, int, int, int]:
        field, start = place.hit.passage.field, place.source_offsets()[0]
        if field.within is None:
            return order[field.name], start, -1, 0
        name, at = field.within
        return order[name], at, order[field.name], start

    return sorted(places, key=read)
