"""Sessions: kept alive by use, listed for their owner, ended by him, by the closing of the account, and by age."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from . import address
from .store import BEGAN, ends_at

View = Callable[[HttpRequest], HttpResponse]

BETWEEN = timedelta(minutes=1)  # a session in use is written down that often
REMEMBERED = 10_000  # sessions whose last writing a process remembers
QUIET = "X-Quiet"  # the header of what a page asks for by itself: nobody is there for that alone


class Written:
    """When a process has written a session down last; the oldest are forgotten."""

    def __init__(self) -> None:
        self.at: OrderedDict[str, datetime] = OrderedDict()

    def is_due(self, key: str, at: datetime) -> bool:
        """Say whether the session is to be written down again, and take it as written."""
        last = self.at.get(key)
        if last is not None and last <= at < last + BETWEEN:
            return False
        self.at[key] = at
        self.at.move_to_end(key)
        while len(self.at) > REMEMBERED:
            self.at.popitem(last=False)
        return True


WRITTEN = Written()


def keep_alive(get_response: View) -> View:
    """Middleware: write down once a minute that a session is in use at the desk."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # Only if somebody has asked who it is: a page that says that the database is away must not ask it here.
        user = getattr(request, "_cached_user", None)
        if request.path.startswith("/admin/") and user is not None and user.is_authenticated and not is_quiet(request):
            use(request, timezone.now())
        return response

    return middleware


def is_quiet(request: HttpRequest) -> bool:
    """Say whether a page has asked by itself: the ping of an open form, the progress of a job."""
    return QUIET in request.headers or (request.method == "GET" and "HX-Request" in request.headers)


def use(request: HttpRequest, at: datetime) -> None:
    """Put off the end of the request's session. A database that cannot be written to ends no request."""
    key = request.session.session_key
    if not key or not WRITTEN.is_due(key, at):
        return
    if BEGAN not in request.session:  # of before sessions had an age: it begins now
        request.session[BEGAN] = int(at.timestamp())
    try:
        Session.objects.filter(pk=key).update(expire_date=ends_at(request.session.get(BEGAN), at))
        UserSession.objects.filter(session_key=key).update(
            last_seen_at=at, ip=address.shortened(address.client_address(request))
        )
    except DatabaseError:
        WRITTEN.at.pop(key, None)


def begin(request: HttpRequest, user: User, at: datetime) -> None:
    """Write down a session that has just begun, for the list of its owner."""
    request.session[BEGAN] = int(at.timestamp())
    if not request.session.session_key:
        request.session.save()
    key = str(request.session.session_key)
    WRITTEN.is_due(key, at)
    kept = {
        "user": user,
        "ip": address.shortened(address.client_address(request)),
        "user_agent": address.device_name(request),
        "created_at": at,
        "last_seen_at": at,
    }
    UserSession.objects.update_or_create(session_key=key, defaults=kept)


def shorten(instance: UserSession, **kwargs: object) -> None:
    """Keep no more than the network of a session, whoever stores it; connected to `pre_save`."""
    instance.ip = address.shortened(instance.ip)


def end(session: UserSession) -> None:
    """End one session."""
    session.end()


def end_all(user: User, but: str = "") -> int:
    """End the sessions of an account but that with the key `but`, also those that are on no list; return how many."""
    rows = Session.objects.filter(expire_date__gt=timezone.now()).exclude(pk=but or "")
    keys = [row.pk for row in rows.iterator() if row.get_decoded().get(SESSION_KEY) == str(user.pk)]
    Session.objects.filter(pk__in=keys).delete()
    UserSession.objects.filter(user=user).exclude(session_key=but or "").delete()
    return len(keys)


def of(user: User) -> list[UserSession]:
    """Return the sessions of an account that are open, the newest first; what has ended is taken from the list."""
    return sorted(UserSession.objects.purge_and_list(user), key=lambda one: (one.last_seen_at, one.pk), reverse=True)
