"""Names that pages print of themselves: when the registers, or a day, make them others, all pages follow."""

from datetime import date, datetime

from ... import pagemap
from ...editions import House, printed_names
from ...models import Page
from ..front import touch_breaking


def is_renamed(before: House, after: House, on: tuple[date, date]) -> bool:
    """Say whether a rubric or the tagline is printed otherwise afterwards; `on`: the days of before and after."""
    return printed_names(before, on[0]) != printed_names(after, on[1])


def touch_all(at: datetime) -> None:
    """Mark all stored pages dirty: categories and the tagline stand on every one. In the transaction of the change."""
    pagemap.touch(Page.objects.values_list("path", flat=True), at)


def touch_printed(at: datetime, *, renamed: bool) -> None:
    """Mark the pages dirty that print texts of their own: all if names are printed otherwise (`is_renamed`), else the
    front pages that have a breaking line."""
    if renamed:
        touch_all(at)
    else:
        touch_breaking(at)
