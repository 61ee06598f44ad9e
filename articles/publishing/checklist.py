"""What is looked at before an article goes out: one row of `CHECKS` for each point, a plain function each.

The site's settings say which points are required: without them nothing is published or scheduled. What the gate holds
up (`gate`) stands in the list, too, and stays its business: a second person may let that through, but not a point that
the settings require. A point is asked for the moment the article goes live, when it is published or scheduled, and not
again at that moment.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..editions.figures import figures_of
from ..models import Article, Release, Site
from . import photo_checks
from .errors import Refused
from .gate import ORIGIN, Question, missing_of_origin
from .listed_posts import posts_of_listed
from .own_links import broken_own_links

LONG_AGO = timedelta(days=31)


@dataclass(frozen=True)
class Outgoing:
    """What a check is given. `questions`: what the gate finds open; None where nobody has asked the engine."""

    article: Article
    live_at: datetime
    site: Site
    questions: list[Question] | None = None


class Complaint(NamedTuple):
    """A sentence, and the field of the article's form at which it is put right; "" and "notes": what stands beside it,
    the mentions and the notes to colleagues."""

    text: str
    field: str


@dataclass(frozen=True)
class Check:
    """`name`: of the point in the settings; `fine`: what the list says when nothing is found. `by_gate`: the gate holds
    it up; `may_be_required`: by a setting; `only_if_required`: a point that nobody who does not require it is told."""

    key: str
    name: str | Promise
    fine: str | Promise
    look: Callable[[Outgoing], list[Complaint]]
    by_gate: bool = False
    may_be_required: bool = True
    only_if_required: bool = False


@dataclass(frozen=True)
class Point:
    """A check of an article: `complaints`, none where it is fine; `is_required`: nothing goes out without it."""

    check: Check
    complaints: list[Complaint]
    is_required: bool


def open_mentions(looked: Outgoing) -> list[Complaint]:
    names = dict.fromkeys(one.text for one in looked.questions or () if one.kind == "unclear")
    text = _("Unclear mentions have no answer yet: %(names)s.")
    return [Complaint(text % {"names": ", ".join(names)}, "")] if names else []


def unsaid_origin(looked: Outgoing) -> list[Complaint]:
    fields = {"outlet": "origin_outlet", "date": "origin_published_at"}
    return [Complaint(str(ORIGIN[key]), fields[key]) for key in missing_of_origin(looked.article)]


def missing_alt(looked: Outgoing) -> list[Complaint]:
    article = looked.article
    found = [
        Complaint(
            _("The photo “%(photo)s” in the text has no alternative text in the language of the article.") % one, "body"
        )
        for one in photos_without("alt", article)
    ]
    if article.lead_photo is None or article.photo_alt.strip() or article.lead_photo.alt(article.language).strip():
        return found
    return [Complaint(_("The lead photo has no alternative text in the language of the article."), "photo_alt"), *found]


def photos_without(text: str, article: Article) -> list[dict[str, str]]:
    """Return how a sentence names the photos in the text that lack a text."""
    photos = [one for one in figures_of(article) if "post" not in one]
    found = {one["id"]: one["caption"] or one["alt"] or one["id"] for one in photos if not one[text].strip()}
    return [{"photo": str(name)[:60]} for name in found.values()]


def of_photos(look: Callable[["Outgoing"], Iterable[tuple[str, str]]]) -> Callable[["Outgoing"], list[Complaint]]:
    """Return a check of what `photo_checks` finds."""
    return lambda looked: [Complaint(*told) for told in look(looked)]


def broken_links(looked: Outgoing) -> list[Complaint]:
    found = broken_own_links(looked.article, looked.live_at, looked.site)
    says = _("The link “%(words)s” leads readers nowhere (%(path)s): %(why)s.")
    return [
        Complaint(says % {"words": one.words[:60], "path": one.path[:200], "why": one.why}, "body") for one in found
    ]


def empty_category(looked: Outgoing) -> list[Complaint]:
    article = looked.article
    shown = Release.objects.live(looked.live_at).filter(language=article.language, category=article.category_id)
    if shown.exists():
        return []
    says = _("Readers find no other article in the category “%(name)s” in this language: is it the right one?")
    return [Complaint(says % {"name": article.category.name(article.language)}, "category")]


def odd_date(looked: Outgoing) -> list[Complaint]:
    """Complain of a date after the moment of going live, or long before it on what readers have never seen."""
    article, zone = looked.article, looked.site.zone
    if article.dated_at is None:
        return []
    day = date_format(article.dated_at.astimezone(zone), "j E Y")
    if article.dated_at > looked.live_at:
        says = _("The publication date, %(day)s, lies after the moment it goes live.")
    elif looked.live_at - article.dated_at > LONG_AGO and not article.releases.was_public(looked.live_at).exists():
        says = _("The publication date is %(day)s: the article goes into the archive of that day, not among the news.")
    else:
        return []
    return [Complaint(says % {"day": day}, "dated_at")]


def no_date(looked: Outgoing) -> list[Complaint]:
    if looked.article.dated_at is not None:
        return []
    return [Complaint(_("No publication date is set: the page would print the moment it goes live."), "dated_at")]


def open_notes(looked: Outgoing) -> list[Complaint]:
    number = looked.article.passage_notes.open().count()
    says = ngettext(
        "%(number)d note to colleagues is open: answer or close it.",
        "%(number)d notes to colleagues are open: answer or close them.",
        number,
    )
    return [Complaint(says % {"number": number}, "notes")] if number else []


def listed_posts(looked: Outgoing) -> list[Complaint]:
    says = _("A post in the text, %(link)s, is of an account that the registers name: %(name)s.")
    found = posts_of_listed(looked.article, looked.live_at.astimezone(looked.site.zone).date())
    return [Complaint(says % {"link": link[:200], "name": name[:100]}, "body") for link, name in found]


CHECKS = (
    Check(
        "questions",
        gettext_lazy("open questions"),
        gettext_lazy("Each name is clear, or has its answer."),
        open_mentions,
        by_gate=True,
    ),
    Check(
        "alt",
        gettext_lazy("alternative text of the photos"),
        gettext_lazy("Each photo has an alternative text, or there is none."),
        missing_alt,
    ),
    Check(
        "credit",
        gettext_lazy("credit of the photos"),
        gettext_lazy("Each photo names who made it, or there is none."),
        of_photos(photo_checks.missing_credit),
    ),
    Check(
        "licence",
        gettext_lazy("licence of the photos"),
        gettext_lazy("Each photo names its licence, or there is none."),
        of_photos(photo_checks.missing_licence),
        only_if_required=True,
    ),
    Check(
        "rights",
        gettext_lazy("rights to the photos"),
        gettext_lazy("The rights to no photo have ended by the moment it goes live."),
        of_photos(photo_checks.ended_rights),
    ),
    Check(
        "symbols",
        gettext_lazy("banned symbols"),
        gettext_lazy("No photo names who is designated, in its texts or the name of its file."),
        of_photos(photo_checks.banned_symbols),
        may_be_required=False,  # a question that a person answers with their eyes
    ),
    Check(
        "origin",
        gettext_lazy("origin of a translation"),
        gettext_lazy("The origin is named, or this is no translation."),
        unsaid_origin,
        by_gate=True,
    ),
    Check(
        "links",
        gettext_lazy("links to own pages"),
        gettext_lazy("Each link to a page of this site leads somewhere."),
        broken_links,
    ),
    Check(
        "posts",
        gettext_lazy("posts of accounts on a register"),
        gettext_lazy("No post in the text is of an account that the registers name."),
        listed_posts,
    ),
    Check(
        "category",
        gettext_lazy("category"),
        gettext_lazy("The category holds other articles."),
        empty_category,
        may_be_required=False,  # else none could ever begin
    ),
    Check(
        "date",
        gettext_lazy("publication date"),
        gettext_lazy("The publication date fits the moment it goes live."),
        odd_date,
    ),
    Check(
        "notes",
        gettext_lazy("notes to colleagues"),
        gettext_lazy("No note to colleagues is open."),
        open_notes,
    ),
    Check(
        "dated",
        gettext_lazy("publication date set by hand"),
        gettext_lazy("The publication date is set."),
        no_date,
        only_if_required=True,
    ),
)
CHOICES = tuple((one.key, one.name) for one in CHECKS if one.may_be_required and not one.by_gate)


def points_of(looked: Outgoing, checks: Iterable[Check] = CHECKS) -> list[Point]:
    """Return the list of an article; what stands against it first, the required points before the others."""
    required = set(looked.site.required_points)
    points = [
        Point(one, one.look(looked), one.by_gate or one.key in required)
        for one in checks
        if one.key in required or not one.only_if_required
    ]
    return sorted(points, key=lambda point: (not point.complaints, not point.is_required))


def check_required(looked: Outgoing) -> None:
    """Refuse, at its field, what the settings require and the article has not; the gate asks for what is its own."""
    required = set(looked.site.required_points)
    wanted = [one for one in CHECKS if one.key in required and one.may_be_required and not one.by_gate]
    for point in points_of(looked, wanted):
        if point.complaints:
            first = point.complaints[0]
            raise Refused(first.field, first.text + " " + _("The outlet's settings require this before publishing."))
