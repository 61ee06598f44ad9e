"""What a run of a job has made, in words: its numbers with the names that people give them."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

NAMES = {
    "articles": _("articles"),
    "examined": _("examined"),
    "changed": _("changed"),
    "marked": _("pages to be stored"),
    "stored": _("pages stored"),
    "unchanged": _("pages unchanged"),
    "dropped": _("pages dropped"),
    "overtaken": _("pages changed meanwhile"),
    "binned": _("old drafts put in the bin"),
    "erased": _("drafts erased from the bin"),
    "failed": _("failed"),
    "wrong_counts": _("counts put right"),
    "compared": _("pages compared"),
    "differences": _("differences"),
    "stored_anew": _("pages stored anew"),
    "removed": _("pages removed"),
    "cleared": _("rows cleared"),
}
ALWAYS = {"articles", "examined", "changed", "stored", "differences"}  # other numbers are told unless they are 0


def in_words(detail: dict[str, Any]) -> str:
    """Return the numbers of a run's detail.

    in_words({"articles": {"en": 5, "ru": 2}, "pages": {"stored": 9}, "wrong_counts": 0}) ==
    "articles: 7, pages stored: 9"
    """
    told = [(name, number) for name, number in numbers(detail) if name in NAMES and (number or name in ALWAYS)]
    return ", ".join(f"{NAMES[name]}: {number}" for name, number in told)


def numbers(detail: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """Yield the numbers by their keys: of pages those of each outcome, of articles the sum over their languages."""
    for key, value in detail.items():
        if key == "pages" and isinstance(value, dict):
            yield from value.items()
        elif isinstance(value, dict) and key == "articles":
            yield key, sum(value.values())
        elif isinstance(value, int):
            yield key, value
