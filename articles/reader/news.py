"""All news: the first page, which is stored, and what filters and cursors choose from it."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from ..models import Release
from ..models.fields import printable
from ..models.languages import in_language
from ..pagemap.addresses import archive_path, feed_path, news_path
from ..shown import facts
from ..shown.where import where
from .blocks import Blocks
from .built import Built, Missing
from .filters import FIELDS, LONGEST, Named, ReleaseFilter
from .keyset import BadCursor, cut
from .lines import line_of_release
from .visit import Head, Visit, page, titled

SIZE = 30


def news(visit: Visit) -> Built:
    """Build the first page without a filter."""
    return filtered(visit, QueryDict())


def filtered(visit: Visit, query: QueryDict) -> Built:
    """Build the page that the query asks for: `before` or `after` is a cursor, the rest are filters.

    A value that cannot be used is a message at its field, and no article is listed; raises Missing for a cursor
    that we did not give out.
    """
    language = visit.language
    chosen = cleaned(query)
    live = Release.objects.live(visit.at).filter(language=language)
    known = facts.read(
        visit.at,
        facts.borne("region", language),
        facts.borne("topic", language),
        facts.change(where(language)),
    )
    filters = ReleaseFilter(chosen, live, **offered(visit, known))
    try:
        slice_ = cut(
            filters.qs.for_reading(),
            size=SIZE,
            before=chosen.get("before", ""),
            after=chosen.get("after", ""),
        )
    except BadCursor as error:
        raise Missing from error
    context = {
        "form": filters.form,
        "filtered": any(chosen.get(name) for name in FIELDS),
        "listed": Blocks(visit.frame, language, visit.today).teasers(
            "l", [line_of_release(one) for one in slice_.releases]
        ),
        "older": linked(language, chosen, "before", slice_.older),
        "newer": linked(language, chosen, "after", slice_.newer),
        "archive": archive_path(language),
        "first_page": not (chosen.get("before") or chosen.get("after")),
    }
    head = Head(
        title=titled(_("All news"), visit),
        canonical=news_path(language),
        feed=feed_path(language),
        feed_title=visit.site.name(language),
        indexed=not query,
    )
    return page(visit, "articles/news.html", head, context, next_change_at=known.next_change_at)


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


def linked(language: str, chosen: QueryDict, name: str, cursor: str) -> str:
    """Return the address of the page beside this one with the same filters; empty without a cursor."""
    if not cursor:
        return ""
    query = QueryDict(mutable=True)
    query.update({key: value for key in FIELDS if (value := chosen.get(key))})
    query[name] = cursor
    return f"{news_path(language)}?{query.urlencode()}"
