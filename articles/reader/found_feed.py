"""A feed for each search: the newest articles that answer, as in every feed each with its marks and notes. It is made
when it is asked for, of a bounded part of the index, and never stored."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from ..models import Release
from ..pagemap.addresses import search_feed_path, search_path
from ..search import Limits, Part, hits
from .built import RSS, Built
from .feeds import SIZE, item_of, xml
from .found import asked, with_query, written_in
from .narrowing import chosen
from .news import cleaned
from .visit import Visit, absolute


def feed(visit: Visit, query: QueryDict) -> Built:
    """Build the feed of a search; without a word to look for, or for what cannot be, it is empty."""
    given, written, language = cleaned(query), written_in(query), visit.language
    limits = chosen(given, visit).limits
    question = asked(written, visit, language, limits or Limits(), 1).question
    found = []
    if question and limits is not None:
        some = hits(question, language, visit.at, Part(SIZE), limits)
        found = list(Release.objects.filter(pk__in=some).select_related("article", "form").for_reading()[:SIZE])
    context = {
        "title": f"{visit.site.name(language)}: {_('Search the news')}",
        "description": _("The newest articles that answer a query."),
        "link": absolute(with_query(search_path(language), given, written)),
        "self": absolute(with_query(search_feed_path(language), given, written)),
        "language": language,
        "items": [item_of(release, visit) for release in found],
    }
    return Built(200, xml("articles/feed.xml", context), RSS, language=language)
