"""What was put right after publication: on the article and in the public log."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import CharField, TextField


class Correction(models.Model):
    KINDS = (
        ("correction", _("correction")),
        ("clarification", _("clarification")),
        ("update", _("update")),
        ("retraction", _("retraction")),
    )

    article = models.ForeignKey(
        "articles.Article", verbose_name=_("article"), on_delete=models.PROTECT, related_name="corrections"
    )
    edition = models.ForeignKey(
        "articles.Edition", verbose_name=_("edition"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = CharField(_("kind"), max_length=14, choices=KINDS)
    text = TextField(_("what was put right"), max_length=2000)
    made_by = models.ForeignKey("articles.StaffId", verbose_name=_("who"), null=True, on_delete=models.PROTECT)
    made_at = models.DateTimeField(_("when"), db_index=True)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:60]}"
