"""Troubles posted as JSON to an address of the outlet's: a chat, or somebody's pager."""

import json
import logging
import urllib.error
import urllib.request
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation

from ..baking.watch import Watch
from ..models import Site, Trouble
from .alarm import finding_of

PATIENCE = 10.0  # seconds that the server has to answer
LONGEST = 30.0  # seconds for one call
logger = logging.getLogger(__name__)


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Goes nowhere else: what leads on is an error, with its status."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Return no request."""
        return


def send_hooks(at: datetime, *, seconds: float = LONGEST) -> int:
    """Post the begins and ends of troubles that the webhook has not heard of; return how many it has taken."""
    watch, sent = Watch(at), 0
    while settings.ALARM_WEBHOOK and watch.has(seconds):
        row: Trouble | None = Trouble.objects.due(at).order_by("began_at", "pk").claim_first(watch.now)
        if row is None:
            break
        sent += _post(row, at)
    return sent


def _post(row: Trouble, at: datetime) -> bool:
    """Post the begin of a trouble or, when that is told, its end; say whether it was taken."""
    over = row.begin_told_at is not None
    held = Trouble.objects.filter(pk=row.pk)
    try:
        _send(message(row, over=over))
    except Exception as error:  # one that cannot be told delays no other
        reason = f"HTTP {error.code}" if isinstance(error, urllib.error.HTTPError) else type(error).__name__
        logger.warning("The webhook has not taken the trouble %s: %s", row.kind, reason)
        held.failed(reason, at)
        return False
    held.done(attempts=0, **{"end_told_at" if over else "begin_told_at": at})
    return True


def message(row: Trouble, *, over: bool) -> dict[str, Any]:
    """Return what is posted; `text` is for chats, which show no more than that."""
    site = Site.current()
    language = site.used[0]
    with translation.override(language):
        found = finding_of(row)
        says, do = found.says, "" if over else found.do
        name = site.name(language)
    sign = "✓" if over else "⚠"
    return {
        "text": f"{sign} {name}: {says} {do}".strip(),
        "site": settings.SITE_URL,
        "state": "over" if over else "begun",
        "trouble": row.kind,
        "stops": found.kind.stops,
        "says": says,
        "do": do,
        "began_at": row.began_at.isoformat(),
        "ended_at": row.ended_at.isoformat() if row.ended_at else None,
    }


def _send(told: dict[str, Any]) -> None:
    body = json.dumps(told, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "newsroom"}
    request = urllib.request.Request(settings.ALARM_WEBHOOK, body, headers, method="POST")  # noqa: S310  (http or https)
    opener = urllib.request.build_opener(NoRedirect)
    with opener.open(request, timeout=PATIENCE):
        pass
