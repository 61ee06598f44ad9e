"""What an entry of the registers publishes under, as the keepers' lists name it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import CharField
from .register import Organization, Register


class Resource(models.Model):
    """A host, a path on a host, or an account at a service; `number`: the service's own of the account.

    `register`: the list that names it; empty: a person has written it. It marks nothing.
    """

    KINDS = (("host", _("host")), ("path", _("host with a path")), ("account", _("account at a service")))

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="resources")
    kind = CharField(_("what it is"), max_length=8, choices=KINDS)
    service = CharField(_("service"), max_length=100, blank=True, help_text=_("Of an account, such as t.me."))
    value = CharField(
        _("address"), max_length=500, help_text=_("tern.example, tern.example/dunes, or the name of the account.")
    )
    number = CharField(_("number at the service"), max_length=31, blank=True)
    register = models.ForeignKey(
        Register, verbose_name=_("named by"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "kind", "service", "value"], name="resource_once")
        ]

    def __str__(self) -> str:
        return f"{self.service}/{self.value}" if self.service else self.value
