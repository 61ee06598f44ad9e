"""Links by which somebody without a login reads an article that is not public, until something ends them."""

import hashlib
import secrets
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import CharField
from .release import Release


def new_token() -> str:
    """Return 43 characters that nobody can guess; they stand in the link and nowhere else."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """Return what is stored of a token: who reads the database cannot open a link."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def published_since(at: datetime) -> models.Exists:
    """Return the condition that an edition somebody issued has begun for readers between the making and `at`.

    A relabel of what readers see begins when it is issued; one of a schedule begins with what somebody has scheduled.
    """
    relabelled = models.Q(edition__reason="relabel", live_at__lte=models.F("issued_at"))
    public = Release.objects.was_public(at).exclude(relabelled)
    return models.Exists(public.filter(article=models.OuterRef("article"), live_at__gt=models.OuterRef("made_at")))


class PreviewTokenQuerySet(models.QuerySet["PreviewToken"]):
    def with_publication(self, at: datetime) -> "PreviewTokenQuerySet":
        """Add `published`: whether an edition that somebody issued has begun for readers since the link was made."""
        return self.annotate(published=published_since(at))

    def open(self, at: datetime) -> "PreviewTokenQuerySet":
        """Those that open at a moment: not expired, not ended, their maker at work, their article not published since.

        Publication and the maker's account are asked for here, so that neither a schedule nor a hand at the database
        leaves a link open.
        """
        mine = self.filter(expires_at__gt=at, ended_at=None, made_by__user__is_active=True)
        return mine.exclude(published_since(at))


class PreviewToken(models.Model):
    """`version`: the saved version that it shows; none: the working copy as it is saved now."""

    ENDINGS = (
        ("revoked", _("revoked")),
        ("published", _("ended by publication")),
        ("withdrawn", _("ended by withdrawal")),
        ("maker", _("ended with its maker's account")),
    )

    digest = CharField(max_length=64, unique=True)
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="preview_tokens")
    version = models.ForeignKey("articles.ArticleVersion", null=True, on_delete=models.CASCADE, related_name="+")
    made_by = models.ForeignKey("articles.StaffId", null=True, on_delete=models.PROTECT)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ending = CharField(max_length=10, choices=ENDINGS, blank=True, default="")

    published: bool  # where the query adds it

    objects = PreviewTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.article_id} {self.expires_at:%Y-%m-%d}"
