"""A file offered to a register: kept while a person looks at what it would do, and as the history of imports after."""

from django.db import models
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from .fields import CharField


class RegisterImport(models.Model):
    """`content`: the file's bytes until it is stored or dropped. `report`: what storing it did, as lists of texts."""

    STATES = (
        ("waiting", _("waits: nothing is stored yet")),
        ("stored", _("stored")),
        ("dropped", _("dropped")),
    )

    register = models.ForeignKey("articles.Register", verbose_name=_("register"), on_delete=models.PROTECT)
    file_name = CharField(_("file"), max_length=200)
    sha256 = CharField(_("SHA-256"), max_length=64)
    content = models.BinaryField(null=True)
    mapping = models.JSONField(_("columns"), default=dict, blank=True)
    partial = models.BooleanField(_("only a part of the register"), default=False)
    state = CharField(_("state"), max_length=8, choices=STATES, default="waiting")
    forced = CharField(_("stored in spite of warnings, because"), max_length=300, blank=True)
    report = models.JSONField(_("what it did"), default=dict, blank=True)
    made_at = models.DateTimeField(_("offered"))
    made_by = models.ForeignKey("articles.StaffId", null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(_("stored or dropped"), null=True)

    class Meta:
        verbose_name = _("import of a register")
        verbose_name_plural = _("imports of registers")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.file_name} {localtime(self.made_at):%Y-%m-%d %H:%M}"
