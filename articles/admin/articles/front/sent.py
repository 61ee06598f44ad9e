"""What the script of the front page sends, and is sent: places by their keys, articles by their ids, moments as the
newsroom's clock shows them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.editions import Line
from articles.models import PLACE_KINDS, Release, Spot
from articles.publishing.front import LONGEST_LINE, LONGEST_LINK, BreakingText, Placed, Sheet

from ...base import LONGEST_KEY
from ..links import newest_with, words_of
from ..typed import NotSo

MOST = 200  # places that somebody sends: more than any page has
OFFERED = 40  # articles


def sheet_sent(sent: Any) -> Sheet:
    """Read a sheet. Raise NotSo for what is none; what no page can show the act refuses."""
    places, line = (sent.get("places"), sent.get("line")) if isinstance(sent, dict) else (None, None)
    if not isinstance(places, dict) or len(places) > MOST or not (line is None or isinstance(line, dict)):
        raise NotSo("broken", 400)
    read = {place_sent(key): standing_sent(one) for key, one in places.items()}
    return Sheet(read, line_sent(line) if line else None)


def place_sent(key: str) -> Spot:
    kind, *numbers = key.split(".")
    if kind not in PLACE_KINDS or len(numbers) != 2 or not all(map(is_number, numbers)):
        raise NotSo("broken", 400)
    return Spot(kind, int(numbers[0]), int(numbers[1]))


def is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY


def standing_sent(one: Any) -> Placed:
    article = one.get("article") if isinstance(one, dict) else None
    if not isinstance(article, int) or isinstance(article, bool) or not 0 < article < 10**LONGEST_KEY:
        raise NotSo("broken", 400)
    return Placed(article, moment_sent(one.get("until")))


def line_sent(line: dict[str, Any]) -> BreakingText:
    text, link = line.get("text"), line.get("link") or ""
    if not isinstance(text, str) or not isinstance(link, str) or len(text) > 9 * LONGEST_LINE:
        raise NotSo("broken", 400)
    return BreakingText(text, link[: 9 * LONGEST_LINK], moment_sent(line.get("until")))


def moment_sent(text: Any) -> datetime | None:
    """Read a moment: as a field of a form gives it, in the newsroom's zone, or as it was sent."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        moment = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
        return timezone.localtime(moment)
    except (TypeError, ValueError, OverflowError):
        raise NotSo("moment", 400, _("This is no moment: give a day and a time.")) from None


def as_sent(sheet: Sheet) -> dict[str, Any]:
    """Return a sheet for the script; `sheet_sent` reads it again as it is."""
    line = sheet.line
    return {
        "places": {
            place.key: {"article": one.article, "until": moment_told(one.until)} for place, one in sheet.places.items()
        },
        "line": line and {"text": line.text, "link": line.link, "until": moment_told(line.until)},
    }


def moment_told(moment: datetime | None) -> str:
    return timezone.localtime(moment).isoformat() if moment else ""


def articles_told(language: str, articles: Iterable[int], at: datetime) -> dict[int, dict[str, Any]]:
    """Return what the script shows of these articles, by id: those that readers see in the language, or will see."""
    rows = Release.objects.not_ended(at).filter(article__in=set(articles), language=language).for_reading()
    told: dict[int, dict[str, Any]] = {}
    for release in sorted(rows, key=lambda one: one.live_at, reverse=True):  # the one that is seen comes last
        told[release.article_id] = article_told(release, language, at)
    return told


def article_told(release: Release, language: str, at: datetime) -> dict[str, Any]:
    is_coming = release.live_at > at
    moment = date_format(timezone.localtime(release.live_at if is_coming else release.published_at), "j E Y, H:i")
    return {
        "id": release.article_id,
        "headline": release.edition.headline,
        "category": release.category_id,
        "rubric": release.edition.category.name(language),
        "told": _("scheduled for %(moment)s") % {"moment": moment} if is_coming else moment,
        "coming": is_coming,
    }


def line_told(line: Line, names: Mapping[int, str]) -> dict[str, Any]:
    """Return what the script shows of an article that stands on the page; `names`: of the categories, by id."""
    return {
        "id": line.article,
        "headline": line.headline,
        "category": line.category,
        "rubric": names.get(line.category, ""),
        "told": date_format(timezone.localtime(line.published_at), "j E Y, H:i"),
    }


def offered(query: str, language: str, at: datetime) -> list[dict[str, Any]]:
    """Return the newest articles that can be placed, or of those with these words in their headlines; what is to come
    before what is out."""
    rows = Release.objects.not_ended(at).filter(language=language)
    if query.strip():
        rows = rows.filter(article__in=newest_with(words, [language]) if (words := words_of(query)) else [])
    told: dict[int, dict[str, Any]] = {}
    coming = rows.filter(live_at__gt=at).for_reading().order_by("live_at", "pk")[:OFFERED]
    for release in [*rows.live(at).for_reading()[:OFFERED], *coming]:
        told.setdefault(release.article_id, article_told(release, language, at))
    return sorted(told.values(), key=lambda one: one["id"] not in {row.article_id for row in coming})
