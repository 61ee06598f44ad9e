"""The freeze: a row that stops publishing, or everything but reading, in every process, until two people lift it."""

from django.db import models
from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from .fields import CharField

PEOPLE = 2  # who have to agree to lift it


class Freeze(models.Model):
    """`begun_by`, and `staff` of those who agree: None for the server's command line."""

    SCOPES = (("publishing", _("publishing")), ("everything", _("everything but reading")))

    scope = CharField(_("what stands still"), max_length=12, choices=SCOPES)
    reason = CharField(_("reason"), max_length=300)
    begun_by = models.ForeignKey(
        "articles.StaffId", verbose_name=_("frozen by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    begun_at = models.DateTimeField(_("since"))
    ended_at = models.DateTimeField(_("lifted"), null=True)

    class Meta:
        verbose_name = _("freeze")
        verbose_name_plural = _("freezes")
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["scope"], condition=Q(ended_at=None), name="freeze_one_open_of_a_scope")
        ]

    def __str__(self) -> str:
        return f"{localtime(self.begun_at):%Y-%m-%d %H:%M} {self.get_scope_display()}"


class LiftVote(models.Model):
    """That one of those who may agrees to lift a freeze."""

    freeze = models.ForeignKey(Freeze, on_delete=models.CASCADE, related_name="votes")
    staff = models.ForeignKey("articles.StaffId", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["freeze", "staff"], name="lift_vote_once")]

    def __str__(self) -> str:
        return f"{self.freeze_id} {self.staff_id}"


class HeldRelease(models.Model):
    """A scheduled release that a freeze has called off: when it is lifted, its edition is scheduled again.

    `live_at`: when it was to go live.
    """

    release = models.OneToOneField("articles.Release", on_delete=models.CASCADE, related_name="held")
    live_at = models.DateTimeField()
    held_at = models.DateTimeField()

    class Meta:
        ordering = ["live_at", "pk"]

    def __str__(self) -> str:
        return f"{self.release_id} {localtime(self.live_at):%Y-%m-%d %H:%M}"


def open_freezes() -> list[Freeze]:
    """Return what holds now, the wider first; asked of the database, so that every process knows at once."""
    found = Freeze.objects.filter(ended_at=None).select_related("begun_by__user")
    return sorted(found, key=lambda one: one.scope)


def is_frozen() -> bool:
    """Say whether publishing stands still now, under whichever freeze."""
    return Freeze.objects.filter(ended_at=None).exists()
