"""The front page made by people: which articles stand in which places until when, and the breaking line. One act stores
all that somebody has changed, beside what others have changed meanwhile; where both changed the same, it says so."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from .. import pagemap
from ..editions import House, without_typed_marks
from ..models import PLACE_KINDS, Address, Article, BreakingLine, Category, FrontPage, FrontPlace, Release, Site, Spot
from ..models.fields import printable
from ..models.front import places
from ..pagemap.addresses import front_path, read_address
from ..registers import NoRegisters
from .errors import Refused
from .events import log
from .languages import check_language
from .own_links import nothing_at
from .pages import drop_pages
from .roles import require, staff_id

LONGEST_LINE = 200  # characters
LONGEST_LINK = 300


@dataclass(frozen=True)
class Placed:
    """An article (its id) in a place; `until`: None for as long as readers see it."""

    article: int
    until: datetime | None = None


@dataclass(frozen=True)
class BreakingText:
    """A breaking line; `link`: a path of the site, or ""."""

    text: str
    link: str = ""
    until: datetime | None = None


@dataclass(frozen=True)
class Sheet:
    """What people have made of a front page."""

    places: Mapping[Spot, Placed] = field(default_factory=dict)
    line: BreakingText | None = None


class PlacesTaken(Refused):
    """Somebody else has changed the same meanwhile; `places`: which, and `line`: whether the breaking line is of it."""

    def __init__(self, message: str, places: list[Spot], *, line: bool) -> None:
        super().__init__("", message)
        self.places, self.line = places, line


def sheet_of(language: str, at: datetime) -> Sheet:
    """Return what holds now: without what is over, and without articles that readers neither see nor will see."""
    rows = FrontPlace.objects.filter(language=language).holding(at)
    held = {row.place: Placed(row.article_id, row.until) for row in rows}
    line = BreakingLine.objects.filter(language=language).holding(at).first()
    told = BreakingText(line.text, line.link, line.until) if line is not None else None
    return still(Sheet(held, told), language, at)


def still(sheet: Sheet, language: str, at: datetime) -> Sheet:
    """Return of a sheet what can still hold at a moment."""
    shown = released(language, (one.article for one in sheet.places.values()), at)
    held = {place: one for place, one in sheet.places.items() if one.article in shown and not is_over(one.until, at)}
    return Sheet(held, None if sheet.line is not None and is_over(sheet.line.until, at) else sheet.line)


def is_over(until: datetime | None, at: datetime) -> bool:
    return until is not None and until <= at


def released(language: str, articles: Iterable[int], at: datetime) -> set[int]:
    """Return which of these articles (ids) readers see in a language, or will see."""
    rows = Release.objects.not_ended(at).filter(article__in=set(articles), language=language)
    return set(rows.values_list("article_id", flat=True))


@transaction.atomic
def arrange(language: str, was: Sheet, becomes: Sheet, *, by: User, at: datetime) -> bool:
    """Store what is other in `becomes` than in `was`, which the person has seen. What others have
    changed besides stays; return whether there was any such thing.

    Raises PermissionDenied; Frozen; PlacesTaken; Refused for what no front page can show.
    """
    require(by, "change_frontpage")
    check_language(Site.current(), language)
    row, now, seen = locked(language), sheet_of(language, at), still(was, language, at)
    changed = changes(was.places, becomes.places)
    line = checked_line(becomes.line, language, at) if becomes.line != was.line else seen.line
    refuse_overtaken(changed, line, seen=seen, now=now)
    check_places(changed, now, language, at)
    theirs = changes(seen.places, now.places).keys() - changed.keys()
    other = {place: one for place, one in changed.items() if now.places.get(place) != one}
    is_lined = line not in (seen.line, now.line)
    if other:
        store_places(language, other, now, by=by, at=at)
    if is_lined:
        store_line(language, line, by=by, at=at)
    if other or is_lined:
        FrontPage.objects.filter(pk=row.pk).update(version=row.version + 1)
        touch_front(language, at)
    return bool(theirs) or (line == seen.line != now.line)


def changes(before: Mapping[Spot, Placed], after: Mapping[Spot, Placed]) -> dict[Spot, Placed | None]:
    """Return the places in which something else stands afterwards, with what does."""
    return {place: after.get(place) for place in {*before, *after} if before.get(place) != after.get(place)}


def locked(language: str) -> FrontPage:
    """Return the row of a front page under its lock, made at the first act."""
    FrontPage.objects.get_or_create(language=language)
    return FrontPage.objects.select_for_update().get(language=language)


def refuse_overtaken(
    changed: Mapping[Spot, Placed | None], line: BreakingText | None, *, seen: Sheet, now: Sheet
) -> None:
    """Raise PlacesTaken where somebody else has changed what the person has changed, and made it something else."""
    both = [
        place
        for place, one in changed.items()
        if now.places.get(place) != seen.places.get(place) and now.places.get(place) != one
    ]
    is_line = line != seen.line and now.line != seen.line and now.line != line
    if both or is_line:
        says = _(
            "Somebody else has changed the same places meanwhile. Nothing of yours is lost: look, and store again."
        )
        raise PlacesTaken(says, sorted(both), line=is_line)


def check_places(changed: Mapping[Spot, Placed | None], now: Sheet, language: str, at: datetime) -> None:
    """Refuse what no front page can show."""
    known = set(places(Category.objects.values_list("pk", flat=True)))
    new = {place: one for place, one in changed.items() if one is not None}
    if not known.issuperset(changed):
        raise Refused("", _("The front page has no such place."))
    once = [one.article for one in {**now.places, **changed}.values() if one is not None]
    if len(once) != len(set(once)):
        raise Refused("", _("An article stands in one place of a front page only: it has one already."))
    if any(is_over(one.until, at) for one in new.values()):
        raise Refused("until", _("The moment until which it holds is past."))
    shown = released(language, (one.article for one in new.values()), at)
    if any(one.article not in shown for one in new.values()):
        raise Refused("", _("Only what is public or scheduled in this language can stand on its front page."))
    for place, one in new.items():
        if place.category and not is_filed(one.article, place.category, language, at):
            raise Refused("", _("In the block of a category only its own articles stand."))


def is_filed(article: int, category: int, language: str, at: datetime) -> bool:
    rows = Release.objects.not_ended(at).filter(article=article, language=language, category=category)
    return rows.exists()


def checked_line(line: BreakingText | None, language: str, at: datetime) -> BreakingText | None:
    """Return a breaking line as it is stored: one line, without marks that somebody typed; None for none."""
    if line is None or not (text := " ".join(printable(line.text).split())):
        return None
    if len(text) > LONGEST_LINE:
        raise Refused("text", _("The breaking line has at most %(most)d characters.") % {"most": LONGEST_LINE})
    if is_over(line.until, at):
        raise Refused("until", _("The moment until which it holds is past."))
    try:
        text = without_typed_marks(text, language, House.current())
    except NoRegisters:
        raise Refused("", _("No registers have been loaded yet, so nothing can be marked or published.")) from None
    return BreakingText(text, checked_link(line.link, language, at), line.until)


def checked_link(link: str, language: str, at: datetime) -> str:
    """Return the path that a link leads to: a page of this site in the language, at which readers find something."""
    try:
        parts = urlsplit(printable(link).strip())
    except ValueError:
        parts = None
    if parts is not None and not any(parts):
        return ""
    home = urlsplit(settings.SITE_URL)
    path = unquote(parts.path) if parts is not None else ""
    is_here = parts is not None and parts[:2] in (("", ""), home[:2]) and not parts.query
    target = read_address(path) if is_here and len(path) <= LONGEST_LINK else None
    if target is None or target.language != language:
        raise Refused("link", _("The breaking line leads to a page of this site in its language, or nowhere."))
    if why := nothing_at(path, Article(), at, Site.current()):
        raise Refused("link", _("The breaking line cannot lead there: %(why)s.") % {"why": why})
    return path


def store_places(language: str, changed: Mapping[Spot, Placed | None], now: Sheet, *, by: User, at: datetime) -> None:
    """Store them, with an event for each; what is over, or shows nothing any more, goes with them."""
    gone = [
        row.pk
        for row in FrontPlace.objects.filter(language=language)
        if row.place in changed or row.place not in now.places
    ]
    FrontPlace.objects.filter(pk__in=gone).delete()
    staff = staff_id(by)
    articles = Article.objects.in_bulk({one.article for one in changed_ones(changed, now)})
    for place, one in sorted(changed.items()):
        before, told = now.places.get(place), {"language": language, **in_log(place)}
        if one is None:
            if before is not None:
                log("front place emptied", by=staff, at=at, article=articles[before.article], **told)
            continue
        FrontPlace.objects.create(
            language=language,
            kind=place.kind,
            category_id=place.category or None,
            position=place.position,
            article_id=one.article,
            until=one.until,
            placed_by=staff,
            placed_at=at,
        )
        until = one.until.isoformat() if one.until else ""
        log("front place", by=staff, at=at, article=articles[one.article], **told, until=until)


def changed_ones(changed: Mapping[Spot, Placed | None], now: Sheet) -> Iterator[Placed]:
    """Yield what is placed, and what stood in these places before."""
    for place, one in changed.items():
        yield from filter(None, (one, now.places.get(place)))


def in_log(place: Spot) -> dict[str, Any]:
    """Return how an event names a place: its kind, the category's address part, and which of several it is."""
    told: dict[str, Any] = {"place": place.kind}
    if place.category:
        told["category"] = Category.objects.get(pk=place.category).slug
    return told | ({"position": place.position + 1} if PLACE_KINDS[place.kind].number > 1 else {})


def store_line(language: str, line: BreakingText | None, *, by: User, at: datetime) -> None:
    """Store the breaking line, or take it away; an event holds its words."""
    staff = staff_id(by)
    before = BreakingLine.objects.filter(language=language).first()
    if before is not None:
        before.delete()
    if line is None:
        log("breaking line taken", by=staff, at=at, article=before.article if before else None, language=language)
        return
    article = article_at(line.link)
    BreakingLine.objects.create(
        language=language,
        text=line.text,
        link=line.link,
        article=article,
        until=line.until,
        placed_by=staff,
        placed_at=at,
    )
    until = line.until.isoformat() if line.until else ""
    log("breaking line", by=staff, at=at, article=article, language=language, text=line.text, until=until)


def article_at(path: str) -> Article | None:
    """Return the article whose address a path is, or was."""
    target = read_address(path) if path else None
    if target is None or target.kind != "article":
        return None
    address = Address.objects.filter(language=target.language, date=target.date, slug=target.slug).first()
    return address.article if address else None


def leave_front(article: Article, *, by: User, at: datetime) -> None:
    """Empty the places of an article that readers lose, and take the breaking line that leads to it: published once
    more, it does not come back by itself. In the transaction of the act, which marks the front pages as well."""
    for row in FrontPlace.objects.filter(article=article):
        log("front place emptied", by=by, at=at, article=article, language=row.language, **in_log(row.place))
        row.delete()
    for line in BreakingLine.objects.filter(article=article):
        log("breaking line taken", by=by, at=at, article=article, language=line.language)
        line.delete()


def touch_front(language: str, at: datetime) -> None:
    """Mark the front page dirty, and drop its file when the act commits."""
    path = front_path(language)
    pagemap.touch([path], at)
    drop_pages([path])


def touch_breaking(at: datetime) -> None:
    """Mark the front pages that have a breaking line dirty: what marks it has changed, or a day has begun."""
    shown = BreakingLine.objects.values_list("language", flat=True)
    pagemap.touch([front_path(language) for language in shown], at)
