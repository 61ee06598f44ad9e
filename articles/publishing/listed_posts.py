"""Posts of accounts that the registers name: told before an article goes out, as a person's to decide.

A resource marks nothing (`models.resource`), in a card no more than in a link.
"""

from datetime import date
from urllib.parse import urlsplit

from django.db.models import Q

from ..editions.figures import figures_of
from ..lists.resources import SERVICES
from ..models import Article, Designation, Resource


def posts_of_listed(article: Article, day: date) -> list[tuple[str, str]]:
    """Return link and entry of each post in the text whose account, or site, is a resource of an entry that is
    designated on the day."""
    found = []
    for link in dict.fromkeys(one["link"] for one in figures_of(article) if "post" in one):
        rows = Resource.objects.filter(resources_of(link)).select_related("organization")
        listed = Designation.objects.in_force(day).values("organization")
        found += [(link, str(row.organization)) for row in rows.filter(organization__in=listed)[:1]]
    return found


def resources_of(link: str) -> Q:
    """Return which resources a canonical link of a post leads to: its host, and the account where it names one."""
    parts = urlsplit(link)
    host = (parts.hostname or "").removeprefix("www.")
    service, who = SERVICES.get(host, host), parts.path.strip("/").partition("/")[0]
    account = Q(kind="account", service__iexact=service, value__iexact=who)
    return Q(kind="host", value__iexact=host) | account | Q(kind="path", value__iexact=f"{host}/{who}")
