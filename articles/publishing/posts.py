"""Posts of other sites as cards: kept, changed, said to be gone, taken out; words and pictures fetched where that is
allowed.

A site is asked only by a job, only while the outlet's settings allow it, and only at the addresses of `embeds.hosts`.
"""

import io
import logging
from collections.abc import Callable
from datetime import datetime
from time import monotonic
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from .. import pagemap
from ..editions.attributes import POST
from ..editions.uses import named_in_copy
from ..embeds.hosts import Rule, rule_of
from ..embeds.told import ToldError, ToldPost, read_answer
from ..models import Article, Edition, KeptPost, PostUse, Site
from ..models.fields import printable
from ..models.kept_post import LONGEST_AUTHOR, LONGEST_TEXT
from ..photos import upload
from .errors import Refused
from .events import log
from .fetching import FetchError, fetch
from .pages import drop_pages
from .photo_acts import delete_unused, named_articles
from .record.traces import blank_admin_log
from .roles import require, staff_id

MOST_ANSWER = 256 * 1024  # bytes of what a site says of a post
MOST_PICTURE = 8 * 1024 * 1024  # bytes of a still picture
LONGEST_TURN = 15.0  # seconds of one call, in which no mail is sent
# Why nothing was fetched, as a card says it; what is here is not tried again by itself, but `AGAIN` is.
REASONS = {
    "off": _("Asking other sites is switched off in the site settings."),
    "none": _("This site answers nobody who asks for a post's words: type or paste them."),
    "host": _("The site led on to an address that is not asked."),
    "private": _("The site's name leads to a machine that is not on the public net."),
    "redirects": _("The site leads on and on."),
    "large": _("The answer is too large."),
    "status": _("The site answered with an error: %(detail)s."),
    "certificate": _("The site could not prove who it is."),
    "unread": _("The answer could not be read."),
    "slow": _("The site did not answer in time."),
    "away": _("The site could not be reached."),
    "picture": _("The still picture could not be taken over; the words were."),
}
AGAIN = frozenset({"slow", "away", "unread"})
logger = logging.getLogger(__name__)


@transaction.atomic
def keep_post(
    post: KeptPost, picture: upload.PreparedPhoto | None, *, by: User, at: datetime, ask: bool = False
) -> KeptPost:
    """Store a new card, with its still picture. `ask`: have the site asked for what was not typed.

    Raises PermissionDenied, PhotoError.
    """
    require(by, "add_keptpost")
    post.kept_by, post.kept_at = staff_id(by), at
    if picture is not None:
        post.picture = upload.store(picture)
    if ask and may_ask(post):
        post.fetch = "asked"
    post.save()
    log("post kept", by=by, at=at, kept_post=post.pk)
    return post


@transaction.atomic
def change_post(post: KeptPost, picture: upload.PreparedPhoto | None, *, by: User, at: datetime) -> None:
    """Store what was changed of a card. Editions keep what they hold; whether the post is gone holds everywhere at
    once, so the pages of the articles that show it are made anew. A still picture that it has no more, `picture` in its
    place or nothing, goes where nothing else names it. Raises PermissionDenied."""
    require(by, "change_keptpost")
    before = KeptPost.objects.select_related("picture").select_for_update(of=("self",), no_key=True).get(pk=post.pk)
    if picture is not None:
        post.picture = upload.store(picture)
    post.save()
    if before.picture is not None and before.picture_id != post.picture_id:
        delete_unused(before.picture, at)
    log("post changed", by=by, at=at, kept_post=post.pk)
    if before.is_gone != post.is_gone:
        shown = pagemap.family_pages(post.uses.values_list("article_id", flat=True), at)
        pagemap.touch(shown, at)
        drop_pages(shown)


@transaction.atomic
def delete_post(post: KeptPost, *, by: User, at: datetime) -> None:
    """Take a card out for good, with its still picture where nothing else names that. Raises PermissionDenied; Refused,
    with the articles' names, while a text holds it or an edition prints it."""
    require(by, "delete_keptpost")
    rows = KeptPost.objects.select_related("picture").select_for_update(of=("self",))
    post = rows.get(pk=post.pk)
    if holders := articles_with(post):
        raise Refused("", refusal(holders))
    blank_admin_log(KeptPost, [post.pk])
    log("post deleted", by=by, at=at, kept_post=post.pk)
    post.delete()
    if post.picture is not None:
        delete_unused(post.picture, at)


def articles_with(post: KeptPost) -> list[Article]:
    """Return the articles whose working copy names the card, or an edition of which prints it, the newest first."""
    near = Article.objects.filter(post_uses__post=post).order_by("-pk")
    prints = Edition.objects.filter(article__post_uses__post=post, body__contains=f'{POST}="{post.pk}"')
    printed = set(prints.values_list("article_id", flat=True))
    return [one for one in near if one.pk in printed or post.pk in named_in_copy(one).posts]


def refusal(holders: list[Article]) -> str:
    """Say which articles use a card."""
    return _("The card is in use and stays: %(articles)s.") % {"articles": named_articles(holders)}


@transaction.atomic
def ask_again(posts: QuerySet[KeptPost], *, by: User, at: datetime) -> int:
    """Have the sites of these posts asked for what was not typed; return of how many that may be done."""
    require(by, "change_keptpost")
    asked = [post.pk for post in posts.select_for_update(no_key=True) if may_ask(post)]
    KeptPost.objects.filter(pk__in=asked).done(fetch="asked", attempts=0)
    return len(asked)


def may_ask(post: KeptPost) -> bool:
    """Say whether the post's site may be asked: the settings allow it, and it answers without a key."""
    return is_asking() and bool(rule_of(post.kind).oembed)


def is_asking() -> bool:
    """Say whether the outlet's settings allow that other sites are asked."""
    return Site.current().fetch_posts


def told_of(post: KeptPost) -> str:
    """Return, in the desk's language, how far asking the site has come, and why no further."""
    state, why = post.get_fetch_display(), why_not(post)
    return f"{state}: {why}" if why else str(state)


def remove_posts(article: Article) -> set[int]:
    """Remove the cards that an article alone has held, as it is erased; return the ids of their still pictures."""
    others = PostUse.objects.exclude(article=article).values("post")
    own = KeptPost.objects.filter(uses__article=article).exclude(pk__in=others)
    found = dict(own.values_list("pk", "picture_id"))
    PostUse.objects.filter(article=article).delete()
    KeptPost.objects.filter(pk__in=found).delete()
    blank_admin_log(KeptPost, found)
    return {pk for pk in found.values() if pk is not None}


def fetch_posts(at: datetime, *, seconds: float = LONGEST_TURN, stopping: Callable[[], bool] = bool) -> int:
    """Ask for the posts that wait, for about `seconds`; return how many were fetched."""
    ends, done = monotonic() + seconds, 0
    while monotonic() < ends and not stopping():
        post: KeptPost | None = KeptPost.objects.due(at).order_by("kept_at", "pk").claim_first(at)
        if post is None:
            break
        done += _fetched(post, at)
    return done


def _fetched(post: KeptPost, at: datetime) -> bool:
    """Ask for one post and store what was told; say whether the words came."""
    row = KeptPost.objects.filter(pk=post.pk)
    try:
        rule = rule_of(post.kind)
        told = _asked(post, rule)
        picture, trouble = _picture(told, rule, post)
    except FetchError as error:
        _failed(row, post, error, at)
        return False
    except Exception as error:  # one that cannot be read delays no other
        logger.warning("The post %s was not fetched: %s", post.pk, type(error).__name__)
        _failed(row, post, FetchError("unread"), at)
        return False
    _store(post, told, picture, trouble, at)
    return True


def _asked(post: KeptPost, rule: Rule) -> ToldPost:
    """Return what the site tells; raise FetchError."""
    if not Site.current().fetch_posts:
        raise FetchError("off")
    if not rule.oembed:
        raise FetchError("none")
    answer = fetch(rule.asked_at(post.link), rule.may_answer, most=MOST_ANSWER)
    try:
        return read_answer(post.kind, answer.body, LONGEST_TEXT, LONGEST_AUTHOR)
    except ToldError as error:
        raise FetchError("unread") from error


def _picture(told: ToldPost, rule: Rule, post: KeptPost) -> tuple[upload.PreparedPhoto | None, str]:
    """Return the still picture that was told of, and what went wrong with it."""
    if not told.picture or post.picture_id is not None:
        return None, ""
    try:
        answer = fetch(told.picture, rule.may_show, most=MOST_PICTURE)
        return upload.prepare(io.BytesIO(answer.body), credit=rule.name), ""
    except (FetchError, upload.PhotoError):
        return None, "picture"


@transaction.atomic
def _store(post: KeptPost, told: ToldPost, picture: upload.PreparedPhoto | None, trouble: str, at: datetime) -> None:
    """Fill what nobody has typed meanwhile."""
    now = KeptPost.objects.select_for_update(no_key=True).filter(pk=post.pk).first()
    if now is None:  # taken out meanwhile
        return
    if not now.text and told.text:
        now.text, now.source = printable(told.text), "fetched"
    now.author = now.author or printable(told.author)
    now.posted_on = now.posted_on or told.posted_on
    if picture is not None and now.picture_id is None:
        now.picture = upload.store(picture)
    now.save(update_fields=["text", "source", "author", "posted_on", "picture"])
    rows = KeptPost.objects.filter(pk=post.pk)
    rows.done(fetch="done", fetched_at=at)
    rows.update(last_error=trouble)


def _failed(row: Any, post: KeptPost, error: FetchError, at: datetime) -> None:
    """Say at the card why nothing came; what may pass by itself is tried again."""
    told = f"{error.reason} {error.detail}".strip()
    row.failed(told, at)
    if error.reason not in AGAIN or post.attempts + 1 >= KeptPost.MOST_ATTEMPTS:
        row.update(fetch="failed")


def why_not(post: KeptPost) -> str:
    """Return in the desk's language why nothing, or not all, was fetched; "" where nothing went wrong."""
    reason, _space, detail = post.last_error.partition(" ")
    if reason not in REASONS:
        return ""
    text = str(REASONS[reason])
    return text % {"detail": detail} if "%(detail)s" in text else text
