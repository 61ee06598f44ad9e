"""The parts of a page that are the same on thousands of pages, rendered once in each process.

A fragment is a function of its template and of the values given to it, and is kept under them: what has changed has
other values, so nothing has to be dropped. A fragment with holes is kept in pieces, between which the texts of one page
are put: a page then costs a few joins instead of a walk through its templates. Templates are read once in a process
anyway, unless DEBUG is on.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import lru_cache, wraps
from html import escape
from typing import Any, NamedTuple, ParamSpec, TypeVar

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString

KEPT = 1024
P = ParamSpec("P")
T = TypeVar("T")
HOLE = re.compile("\x00([a-z_]+)\x00")


class Pieces(NamedTuple):
    """A template with holes: its `texts`, with an empty one for each hole; `holes`: (index in `texts`, name)."""

    texts: list[str]
    holes: list[tuple[int, str]]


def kept(function: Callable[P, T]) -> Callable[P, T]:
    """Keep what a function returns for its hashable arguments, unless DEBUG is on."""
    remembered: Callable[P, T] = lru_cache(maxsize=KEPT)(function)  # type: ignore[assignment]

    @wraps(function)
    def remember(*args: P.args, **kwargs: P.kwargs) -> T:
        return function(*args, **kwargs) if settings.DEBUG else remembered(*args, **kwargs)

    return remember


def fragment(template: str, **values: Hashable) -> SafeString:
    """Return a rendered template; `language`, which must be among the values, is that of the page."""
    return _fragment(template, tuple(values.items()))


def filled(template: str, holes: Mapping[str, str], **values: Hashable) -> SafeString:
    """Return a rendered template in which the texts of `holes` stand where their names are printed.

    It is rendered once for its values and for which holes are empty. So a template may print a hole, and ask whether it
    is empty, and nothing else. As ever, what is not marked safe is escaped. `language` as with `fragment`.
    """
    given = tuple([name for name, text in holes.items() if text])
    pieces = _pieces(template, tuple(values.items()), given)
    texts = pieces.texts.copy()
    for index, name in pieces.holes:
        text = holes[name]
        texts[index] = text if isinstance(text, SafeString) else escape(text)
    return SafeString("".join(texts))


def rendered(template: str, context: Mapping[str, Any]) -> SafeString:
    """Render a template of Django's own engine, without what a request would add."""
    return get_template(template).template.render(Context(context))  # type: ignore[attr-defined]


def joined(parts: Iterable[SafeString]) -> SafeString:
    """Return parts of a page one after another."""
    return SafeString("".join(parts))


@kept
def _fragment(template: str, values: tuple[tuple[str, Hashable], ...]) -> SafeString:
    return rendered(template, dict(values))


@kept
def _pieces(template: str, values: tuple[tuple[str, Hashable], ...], holes: tuple[str, ...]) -> Pieces:
    """Render a template with a mark in the place of each hole, and take it apart at the marks."""
    marks = {name: SafeString(f"\x00{name}\x00") for name in holes}
    texts = HOLE.split(rendered(template, dict(values) | marks))
    names = texts[1::2]
    texts[1::2] = [""] * len(names)
    if any("\x00" in text for text in texts) or not set(names) <= set(holes):
        raise ValueError(f"{template} does something else with a hole than print it.")
    return Pieces(texts, [(2 * number + 1, name) for number, name in enumerate(names)])
