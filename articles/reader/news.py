"""All news: the first page, which is stored, and what filters and cursors choose from it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from ..models import KINDS, Release
from ..models.fields import printable
from ..models.languages import in_language
from ..pagemap.addresses import archive_path, news_path
from ..search import Limits, SearchQuestion, newest, together
from ..shown import facts
from ..shown.where import where
from .blocks import Blocks
from .built import Built, Missing
from .filters import FIELDS, LONGEST, Named, ReleaseFilter
from .keyset import BadCursor, cut, part_of, up_to
from .lines import line_of_release
from .paging import Pager
from .turns import no_day
from .visit import Head, Visit, page, titled, with_query

SIZE = 30
PLACES = ("before", "after", "day", "page")
LAST = "last"  # the page that holds the first articles ever


def news(visit: Visit) -> Built:
    """Build the first page without a filter."""
    return filtered(visit, QueryDict())


def filtered(visit: Visit, query: QueryDict) -> Built:
    """Build the page that the query asks for: `before` or `after` is a cursor, `day` where to begin, `page` may be the
    last, the rest are filters.

    A value that cannot be used is a message at its field, and no article is listed; raises Missing for a cursor
    that we did not give out.
    """
    language = visit.language
    chosen = cleaned(query)
    live = Release.objects.live(visit.at).filter(language=language)
    slugs = {kind: slug for kind in KINDS if (slug := str(chosen.get(kind, "")))}
    known = facts.read(
        visit.at,
        facts.borne("region", language),
        facts.borne("topic", language),
        facts.change(where(language)),
        *([facts.ids(slugs)] if slugs else []),
    )
    filters = ReleaseFilter(chosen, live, **offered(visit, known))
    try:
        place = place_of(chosen, visit)
        releases = filters.qs
        if slugs and filters.is_valid():
            releases = releases.filter(pk__in=filed(filters, known.ids, place, visit))
        slice_ = cut(releases, size=SIZE, reading=Release.objects.for_reading(), **place)
    except BadCursor as error:
        raise Missing from error
    context = {
        "form": filters.form,
        "filtered": any(chosen.get(name) for name in FIELDS),
        "listed": Blocks(visit.frame, language, visit.today).teasers(
            "l", [line_of_release(one) for one in slice_.releases]
        ),
        "pager": Pager(
            newer=linked(language, chosen, "after", slice_.newer),
            older=linked(language, chosen, "before", slice_.older),
            first=linked(language, chosen) if any(chosen.get(name) for name in PLACES) else "",
            last=linked(language, chosen, "page", LAST) if slice_.older else "",
        ),
        "kept": [(name, chosen[name]) for name in FIELDS if chosen.get(name)],
        "day": day_of(chosen.get("day", "")),
        "bad_day": bad_day(chosen),
        "archive": archive_path(language),
    }
    head = Head(
        title=titled(_("All news"), visit),
        description=_("All news, the newest first."),
        canonical=news_path(language),
        indexed=not query,
        switch=with_query(visit, chosen),
    )
    return page(visit, "articles/news.html", head, context, next_change_at=known.next_change_at)


def filed(filters: ReleaseFilter, ids: Mapping[str, int], place: Mapping[str, Any], visit: Visit) -> list[int]:
    """Return ids of releases of the chosen rubrics and days, among which are those of the page; raise BadCursor."""
    days = filters.form.cleaned_data
    limits = Limits(since=days["since"], until=days["until"], rubrics=together(**ids))
    part = part_of(SIZE, **place)
    found = newest(SearchQuestion(), visit.language, visit.at, part.size, part.place, part.is_newer, limits)
    return [one.release for one in found]


def offered(visit: Visit, known: facts.Facts) -> dict[str, list[Named]]:
    """Return the rubrics that the filters offer, in their order."""
    return {
        "category": [(one.slug, one.name(visit.language)) for one in visit.frame.categories],
        **{
            kind: [
                (row.text, visit.frame.named(in_language(row, "name", visit.language), visit.language))
                for row in sorted(known.rows[kind], key=lambda row: (row.number, row.text))
            ]
            for kind in ("region", "topic")
        },
    }


def cleaned(query: QueryDict) -> QueryDict:
    """Return the query without null characters, which no database takes, and without values of absurd length."""
    clean = QueryDict(mutable=True)
    for name in query:
        value = query.get(name, "")
        clean[name] = printable(value.replace("\x00", "\ufffd"))[:LONGEST]
    return clean


def place_of(chosen: QueryDict, visit: Visit) -> dict[str, Any]:
    """Return which page is asked for, as `cut` takes it; raise BadCursor."""
    day = day_of(chosen.get("day", ""))
    if day:
        return {"before": up_to(day, visit.zone)}
    if chosen.get("page") == LAST:
        return {"is_last": True}
    return {"before": chosen.get("before", ""), "after": chosen.get("after", "")}


def day_of(text: str) -> date | None:
    """Return the day that a text writes as HTML does, None for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def bad_day(query: QueryDict) -> str:
    """Return what is said of a day to begin with that is none; empty for one, and for none given."""
    written = query.get("day", "")
    return no_day() if written and day_of(written) is None else ""


def linked(language: str, chosen: QueryDict, name: str = "", place: str = "") -> str:
    """Return the address of another page with the same filters: of the first one without a name; empty for a name
    without a place."""
    if name and not place:
        return ""
    query = QueryDict(mutable=True)
    query.update({key: value for key in FIELDS if (value := chosen.get(key))})
    if name:
        query[name] = place
    return f"{news_path(language)}?{query.urlencode()}" if query else news_path(language)
