"""What waits for a person: the review queue, and the second person's word that lets an article through the gate."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import CharField, TextField


class UnclearMention(models.Model):
    """One mention without an answer, in an edition that readers see or will see, else in the working copy.

    `key`: the decision key. `before`, `after`: the rest of its sentence as plain text. `registers`: keys joined by
    `+`. `rule`: the engine's rule, which says why it is unclear. `batch`: the relabel that found it.
    """

    article = models.ForeignKey(
        "articles.Article", verbose_name=_("article"), on_delete=models.CASCADE, related_name="unclear_mentions"
    )
    organization = models.ForeignKey("articles.Organization", on_delete=models.CASCADE, related_name="+")
    key = CharField(max_length=200)
    field = CharField(max_length=40)
    before = TextField(blank=True)
    surface = CharField(_("name"), max_length=300)
    after = TextField(blank=True)
    registers = CharField(max_length=200)
    rule = CharField(max_length=60)
    is_released = models.BooleanField(_("readers see it or will see it"), default=False)
    batch = models.ForeignKey("articles.Batch", null=True, on_delete=models.SET_NULL, related_name="unclear_mentions")
    found_at = models.DateTimeField(_("found"))

    class Meta:
        verbose_name = _("unclear mention")
        verbose_name_plural = _("unclear mentions")
        ordering = ["-is_released", "-found_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["article", "key"], name="unclear_once")]
        indexes = [models.Index(fields=["-is_released", "-found_at", "-id"], name="unclear_queue")]

    def __str__(self) -> str:
        return self.surface


class GateOverride(models.Model):
    """A second person's word that an article may go out with these questions open.

    `version`: the saved version of the working copy it was given for. `questions`: list of {kind, key, text}.
    """

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="overrides")
    version = models.PositiveIntegerField()
    questions = models.JSONField()
    reason = CharField(_("reason"), max_length=300)
    made_by = models.ForeignKey("articles.StaffId", on_delete=models.PROTECT)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("override of the gate")
        verbose_name_plural = _("overrides of the gate")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.reason
