"""What the public site's templates need: moments and days in the page's language, and addresses.

A day is put into words once for each language and kept: every list of the archive prints the same ones.
"""

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format, localize
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, npgettext

from ..pagemap.addresses import archive_path, media_path

register = template.Library()
register.simple_tag(archive_path)


@register.simple_tag(takes_context=True)
def week_rows(context: template.Context, weeks: Iterable[Iterable[Any]]) -> SafeString:
    """Return the rows of a calendar, whose days lead to their articles. A year has 366 of them: as a template they
    would take longer than all else on its page.

    `weeks`: of `Day`, None where a week reaches into another month; of the context: `plain`, without numbers; `date`,
    the day whose page it is.
    """
    language, plain, current = context["frame"].language, bool(context.get("plain")), context.get("date")
    rows = ("".join(_cell(one, language, current, plain=plain) for one in week) for week in weeks)
    return SafeString("".join(f"\n<tr>{row}</tr>" for row in rows))


def _cell(one: Any, language: str, current: date | None, *, plain: bool) -> str:
    if not one:
        return "<td></td>"
    shown = f'<span class="date">{one.date.day}</span>'
    if not one.number:
        return f"<td>{shown}</td>"
    if not plain:
        shown += f' <span class="number">{_number_of_articles(one.number, get_language())}</span>'
    mark = ' aria-current="date"' if one.date == current else ""
    path = archive_path(language, one.date.year, one.date.month, one.date.day)
    return f'<td class="held"><a href="{path}"{mark}>{shown}</a></td>'


@lru_cache(maxsize=1024)
def _number_of_articles(number: int, language: str | None) -> str:
    word = npgettext("after a number", "article", "articles", number)
    return f'{localize(number)}<span class="hidden"> {word}</span>'


register.filter("media", media_path)

DAY = "j E Y"
KEPT = 8192  # moments and days put into words


@lru_cache(maxsize=KEPT)
def _in_words(value: date, pattern: str, language: str | None) -> str:
    """Return a day in the active language, which `language` must name."""
    return date_format(value, pattern)


@lru_cache(maxsize=KEPT)
def _time(value: datetime, zone: tzinfo, language: str | None, *, dated: bool) -> SafeString:
    local = value.astimezone(zone)
    shown = f"{local.hour:02}:{local.minute:02}"
    if dated:
        shown = f"{_in_words(local.date(), DAY, language)}, {shown}"
    name = "moment" if dated else "clock"
    return SafeString(f'<time class="{name}" datetime="{local.isoformat("T", "minutes")}">{shown}</time>')


@register.filter
def iso(value: datetime) -> str:
    """Return a moment for machines, in the newsroom's zone and to the second: HTML knows no microseconds."""
    return timezone.localtime(value).isoformat(timespec="seconds")


@register.filter
def moment(value: datetime) -> SafeString:
    """Return day and minute in the newsroom's zone: 25 March 2024, 21:48."""
    return _time(value, timezone.get_current_timezone(), get_language(), dated=True)


@register.filter
def clock(value: datetime) -> SafeString:
    """Return the minute of the day alone: 21:48."""
    return _time(value, timezone.get_current_timezone(), get_language(), dated=False)


@register.filter
def day(value: date) -> str:
    """Return a day: 25 March 2024."""
    return _in_words(value, DAY, get_language())


@register.filter
def month(value: date) -> str:
    """Return a month as a title: March 2024."""
    shown = _in_words(value, "F Y", get_language())
    return shown[:1].upper() + shown[1:]


@register.filter
def rubric_address(rubric: Any, language: str) -> str:
    """Return the address of a category, region or topic in a language."""
    path: str = rubric.path(language)
    return path


@register.filter
def named(rubric: Any, language: str) -> str:
    """Return a rubric's name in a language."""
    name: str = rubric.name(language)
    return name


@register.filter
def line(item: Any, when: str = "clock") -> SafeString:
    """Return a `Teaser` as one line: when it was published (`clock` or `moment`), and its headline as a link."""
    return SafeString(_line(item, timezone.get_current_timezone(), get_language(), dated=when == "moment"))


def _line(item: Any, zone: tzinfo, language: str | None, *, dated: bool) -> str:
    return _entry(item.path, item.headline, item.published_at, item.retracted, zone, language, dated)


@lru_cache(maxsize=KEPT)
def _entry(
    path: str, headline: str, published_at: datetime, retracted: bool, zone: tzinfo, language: str | None, dated: bool
) -> str:
    """Return a line, kept: an article's stands on a dozen pages that are made one after another."""
    shown = _time(published_at, zone, language, dated=dated)
    warning = f'<span class="retracted">{escape(gettext("Retracted:"))}</span> ' if retracted else ""
    return f'{shown} {warning}<a href="{escape(path)}">{headline}</a>'


@register.filter
def lines(items: Iterable[Any], when: str = "clock") -> SafeString:
    """Return teasers as the entries of an HTML list, each as `line` prints it."""
    zone, language, dated = timezone.get_current_timezone(), get_language(), when == "moment"
    return SafeString("".join([f"\n<li>{_line(item, zone, language, dated=dated)}</li>" for item in items]))
