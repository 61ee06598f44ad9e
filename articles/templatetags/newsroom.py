"""What the public site's templates need: moments and days in the page's language, and addresses."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..pagemap.addresses import archive_path, media_path, rubric_path

register = template.Library()
register.simple_tag(archive_path)
register.filter("media", media_path)

DAY = "j E Y"
MINUTE = "j E Y, H:i"


def _time(moment: datetime, pattern: str, name: str) -> SafeString:
    local = timezone.localtime(moment)
    shown = date_format(local, pattern)
    return format_html('<time class="{}" datetime="{}">{}</time>', name, local.isoformat("T", "minutes"), shown)


@register.filter
def moment(value: datetime) -> SafeString:
    """Return day and minute in the newsroom's zone: 25 March 2024, 21:48."""
    return _time(value, MINUTE, "moment")


@register.filter
def clock(value: datetime) -> SafeString:
    """Return the minute of the day alone: 21:48."""
    return _time(value, "H:i", "clock")


@register.filter
def day(value: date) -> str:
    """Return a day: 25 March 2024."""
    return date_format(value, DAY)


@register.filter
def month(value: date) -> str:
    """Return a month as a title: March 2024."""
    shown = date_format(value, "F Y")
    return shown[:1].upper() + shown[1:]


@register.filter
def rubric_address(rubric: object, language: str) -> str:
    """Return the address of a category, region or topic in a language."""
    kind = type(rubric).__name__.lower()
    return rubric_path(language, kind, rubric.slug)  # type: ignore[attr-defined]


@register.filter
def named(rubric: object, language: str) -> str:
    """Return a rubric's name in a language."""
    name: str = rubric.name(language)  # type: ignore[attr-defined]
    return name
