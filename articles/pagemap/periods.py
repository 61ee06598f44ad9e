"""The archive's pages of a day, a month and a year, for the jobs that close them."""

from datetime import datetime

from articles.models import Site

from .days import bounds
from .kinds import KINDS
from .live import Live


def period_pages(at: datetime, year: int, month: int = 0, day: int = 0, *, above: bool = True) -> frozenset[str]:
    """Return the archive's pages in which the articles of a year, a month or a day stand, in each used language.

    These are the period's own page and those above it, its days, and its rubrics' months with articles. `above`: those
    of a year and of all years too.
    """
    first, last = bounds(year, month, day)
    used = [Live(language, at, first, last) for language in Site.current().used]
    kinds = [kind for kind in KINDS if above or not kind.spans_months]
    return frozenset(path for live in used for kind in kinds for path in kind.of_period(live))
