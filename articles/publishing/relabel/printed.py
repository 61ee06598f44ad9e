"""Names that pages print of themselves: when the registers, or a day, make them others, all pages follow."""

from datetime import date, datetime

from ... import pagemap
from ...editions import House, printed_names
from ...models import Page


def touch_if_renamed(before: House, after: House, on: tuple[date, date], at: datetime) -> bool:
    """Mark all stored pages dirty if a rubric or the tagline is printed otherwise; say whether. In a transaction.

    `on`: the days of before and after. The names of categories and the tagline stand on every page.
    """
    if printed_names(before, on[0]) == printed_names(after, on[1]):
        return False
    pagemap.touch(Page.objects.values_list("path", flat=True), at)
    return True
