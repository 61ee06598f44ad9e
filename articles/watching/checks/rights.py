"""May the site do more to its database than it has to?"""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import connection

from ...models import rights
from ..kinds import Finding, found


def owner(at: datetime) -> Iterator[Finding]:
    """Ask PostgreSQL whether the role that serves the site could alter its tables; outside production it may."""
    if settings.PRODUCTION and (number := rights.owned_tables(connection)):
        yield found("owner", number=number)
