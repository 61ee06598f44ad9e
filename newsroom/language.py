"""The language of a request: the reader's, or that which the address of a page names."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware

READER_PAGES = ("/en/", "/ru/")


class LanguageMiddleware(LocaleMiddleware):
    """Django's, but what stands under /en/ and /ru/ is the same for every reader, and caches may know it."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Let a response vary by the reader's language, unless the address alone decides."""
        if request.path.startswith(READER_PAGES) and response.status_code < 500:
            return response
        return super().process_response(request, response)
