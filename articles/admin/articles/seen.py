"""What an act's page has shown of an article, and whether it still stands so when the act is confirmed.

Nobody lets out a text that was not in front of them; and who presses a button twice has not done it twice.
"""

from datetime import datetime, timedelta

from django.db.models import Count, Max, Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles import publishing
from articles.models import Article
from articles.publishing.roles import staff_id

from ..base import editor_of

SEEN = "seen"  # the field of an act's form
TAKES_OUT = ("publish", "correct", "schedule", "override")  # the acts that let out what is saved
ENDED = ("withdrawn", "cancelled")
TWICE = timedelta(minutes=1)  # for so long a second press is taken for the first one


def stand_of(article: Article) -> str:
    """Return which text is shown, and how far its public life has come; marks set anew change neither."""
    acts = article.releases.exclude(edition__reason="relabel")
    told = acts.aggregate(last=Max("edition__number"), ended=Count("pk", filter=Q(ending__in=ENDED)))
    return f"{article.version}-{told['last'] or 0}-{told['ended']}"


def version_seen(request: HttpRequest, article: Article) -> int:
    """Return the version that the page has shown; the one that stands, of an act that no page of ours has sent."""
    number = request.POST.get(SEEN, "").partition("-")[0]
    return int(number) if number.isdecimal() and len(number) < 10 else article.version


def is_outdated(request: HttpRequest, article: Article) -> bool:
    """Say whether the article has changed since the page was shown; never, of an act that no page of ours has sent."""
    seen = request.POST.get(SEEN)
    return seen is not None and seen != stand_of(Article.objects.only("version").get(pk=article.pk))


def refuse_outdated(request: HttpRequest, article: Article, act: str) -> None:
    """Refuse to let out what is saved, under the lock of the article, if it is not what the page has shown."""
    if act in TAKES_OUT and is_outdated(request, article):
        raise publishing.Refused(
            "",
            _(
                "This article was saved or published while this page was open, and nothing was done. Look once more at "
                "what goes out now, then confirm."
            ),
        )


def is_done(request: HttpRequest, article: Article, at: datetime) -> bool:
    """Say whether the same person has just done what they send: a second press of the button."""
    if version_seen(request, article) != article.version or not is_outdated(request, article):
        return False
    last = article.events.first()
    if last is None or last.at <= at - TWICE or last.staff != staff_id(editor_of(request)):
        return False
    note, said = request.POST.get("note", "").strip(), article.corrections.first()
    return not note or note in (said.text if said else "", last.detail.get("note"))
