"""What a reader asks of a page: the query, without parameters that only count by which campaign somebody came.

Links from letters and social networks carry such; they choose nothing, so they cost no page of their own.
"""

from django.http import HttpRequest, QueryDict

from ..editions.tracking import only_counts


def query_of(request: HttpRequest) -> QueryDict:
    """Return the query that chooses something; a web server in front goes by the same list."""
    if not any(only_counts(name.lower()) for name in request.GET):
        return request.GET
    kept = QueryDict(mutable=True)
    for name, values in request.GET.lists():
        if not only_counts(name.lower()):
            kept.setlist(name, values)
    return kept
