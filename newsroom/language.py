"""The language of a request: the reader's, or that which the address of a page names."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware

from articles.models import CODES
from articles.pagemap import front_path

READER_PAGES = tuple(map(front_path, CODES))


class LanguageMiddleware(LocaleMiddleware):
    """Django's, but what stands under /en/ or /ru/ is the same for every reader, and caches may know it.

    So is any response that says so: it has the attribute `same_for_all`.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Let a response vary by the reader's language, unless the address alone decides."""
        decided = request.path.startswith(READER_PAGES) or getattr(response, "same_for_all", False)
        if decided and response.status_code < 500:
            return response
        return super().process_response(request, response)
