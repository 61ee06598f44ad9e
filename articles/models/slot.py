"""What is typed and not saved yet, and who is at it: kept apart from the saved versions, and gone with the account.

A slot belongs to one page in one browser (`client`), so that two windows of a person never write over each other. What
is saved or thrown away leaves its row behind, empty, with its number: what comes late is known by it.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import CharField


class SlotQuerySet(models.QuerySet["Slot"]):
    def open(self) -> "SlotQuerySet":
        """Those that hold something, the newest first."""
        return self.filter(ended_at=None).order_by("-saved_at", "-pk")


class Slot(models.Model):
    """`fields`: the form's values by their names in the request, unread: a text, or a list of texts.
    `sequence`: of the client, which only grows: an older one never takes the place of a newer one.
    `base`: the version that the typing began from, null for an article that was not saved yet.
    `became`: the version as which the client's text was saved last.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="slots")
    article = models.ForeignKey("articles.Article", null=True, on_delete=models.CASCADE, related_name="slots")
    client = CharField(max_length=40)
    sequence = models.BigIntegerField()
    base = models.PositiveIntegerField(null=True)
    became = models.PositiveIntegerField(null=True)
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = SlotQuerySet.as_manager()

    class Meta:
        verbose_name = _("typed text")
        verbose_name_plural = _("typed texts")
        constraints = [models.UniqueConstraint(fields=["user", "client"], name="slot_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.article_id} {self.sequence}"


class Presence(models.Model):
    """That somebody has the form of an article open. `field`: where their caret was, by its name in the request."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="present")
    field = CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [models.UniqueConstraint(fields=["user", "article"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.article_id}"
