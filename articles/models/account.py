"""What accounts leave behind beside Django's user: counted attempts, known devices, changes that need two people."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import CharField, TextField


class Throttle(models.Model):
    """A counter of attempts, in the form that Django's cache in the database reads and writes; `cache_key` is a digest.

    It stands in the database, so that it counts for all processes, with or without Redis.
    """

    cache_key = CharField(max_length=255, primary_key=True)
    value = TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "articles_throttle"

    def __str__(self) -> str:
        return self.cache_key


class KnownDevice(models.Model):
    """A browser that somebody has logged in with: a keyed digest of its name and of the network, neither of them."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="known_devices")
    digest = CharField(max_length=64, editable=False)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="one_row_a_device")]

    def __str__(self) -> str:
        return self.digest


class AccountChange(models.Model):
    """A change of somebody's account that one administrator asks for and another agrees to.

    `ended_at` without `agreed_by`: it was thrown away, or somebody changed the account by another way meanwhile.
    """

    KINDS = (("address", _("another mail address")), ("second_factor", _("take away the second factor")))

    kind = CharField(_("kind"), max_length=16, choices=KINDS)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("account"), on_delete=models.CASCADE, related_name="account_changes"
    )
    address = models.EmailField(_("new address"), blank=True)
    reason = TextField(_("reason"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked at"))
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("agreed by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        verbose_name = _("change that needs two")
        verbose_name_plural = _("changes that need two")
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.user}"
