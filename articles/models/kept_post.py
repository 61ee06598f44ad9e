"""A post of another site, kept as a card: its words, who wrote it and when, a still picture in our own store.

An article's body names it by number, `<figure data-post="7">`, and its edition holds what the card said then. What
stands at the site may go; the card stays.
"""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..embeds.hosts import KINDS, NAMES, frame_of
from .fields import CharField, TextField
from .work import BackOff, Work, WorkQuerySet

LONGEST_TEXT = 5000  # characters of a post
LONGEST_AUTHOR = 200


class KeptPostQuerySet(WorkQuerySet, models.QuerySet["KeptPost"]):
    def due(self, at: datetime) -> Self:
        """Those whose words and picture somebody has asked to be fetched, and that are free."""
        return self.filter(fetch="asked", attempts__lt=KeptPost.MOST_ATTEMPTS).free(at)


class KeptPost(Work):
    """`number`: the post's own at its site. `link`: written anew from what was read; one card for each.
    `source`: who gave the words, a person or the site. `is_gone`: it is not at its site any more, so nothing is framed.
    `fetch`: how far asking the site has come; `last_error` says why it has failed."""

    BACK_OFF = BackOff(first=timedelta(minutes=1), longest=timedelta(minutes=30))
    MOST_ATTEMPTS = 3
    SOURCES = (("typed", _("typed")), ("fetched", _("fetched")))
    FETCHES = (("", _("not asked")), ("asked", _("waits")), ("done", _("fetched")), ("failed", _("failed")))

    kind = CharField(_("site"), max_length=12, choices=KINDS, editable=False)
    number = CharField(_("number at the site"), max_length=120, editable=False)
    link = CharField(_("link"), max_length=500, unique=True)
    author = CharField(_("author of the post"), max_length=LONGEST_AUTHOR, blank=True)
    text = TextField(_("text of the post"), max_length=LONGEST_TEXT, blank=True)
    posted_on = models.DateField(_("date of the post"), null=True, blank=True)
    picture = models.ForeignKey(
        "articles.Photo",
        verbose_name=_("still picture"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="kept_posts",
    )
    picture_alt = CharField(_("alternative text of the still picture"), max_length=300, blank=True)
    is_gone = models.BooleanField(
        _("is gone"),
        default=False,
        help_text=_("The post is not at its site any more: readers keep the card, and nothing is opened from there."),
    )
    source = CharField(_("words given by"), max_length=8, choices=SOURCES, default="typed", editable=False)
    fetch = CharField(_("asking the site"), max_length=8, choices=FETCHES, default="", blank=True, editable=False)
    fetched_at = models.DateTimeField(_("fetched"), null=True, editable=False)
    kept_by = models.ForeignKey(
        "articles.StaffId", verbose_name=_("who"), null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    kept_at = models.DateTimeField(_("kept"), editable=False)

    objects = KeptPostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post from elsewhere")
        verbose_name_plural = _("posts from elsewhere")
        ordering = ["-kept_at", "-pk"]

    def __str__(self) -> str:
        words = " ".join(self.text.split())[:60]
        return f"{self.site}: {self.author or words or self.number}"

    @property
    def site(self) -> str:
        return NAMES.get(self.kind, self.kind)

    @property
    def frame(self) -> str:
        """Return the address that shows the post in a frame; "" where nothing does."""
        return "" if self.is_gone else frame_of(self.link)


class PostUse(models.Model):
    """An article that holds a post, or has held it in a saved version."""

    post = models.ForeignKey(KeptPost, on_delete=models.CASCADE, related_name="uses")
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="post_uses")

    class Meta:
        verbose_name = _("use of a post from elsewhere")
        verbose_name_plural = _("uses of posts from elsewhere")
        constraints = [models.UniqueConstraint(fields=["post", "article"], name="post_use_once")]

    def __str__(self) -> str:
        return f"{self.post_id} → {self.article_id}"
