"""Notes to colleagues on a passage of the working copy: rows beside it, never a part of any text.

A note quotes the passage and says where it stood; where it stands now is found again each time
(`publishing.passages`). Nothing of a note is in an article's columns, in an edition, or in what is made of one.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import CharField, TextField


class PassageNoteQuerySet(models.QuerySet["PassageNote"]):
    def open(self) -> "PassageNoteQuerySet":
        """Those that nobody has closed."""
        return self.filter(closed_at=None)


class PassageNote(models.Model):
    """`field`: a column of Article that an editor writes (`printed.WRITTEN`). `offset`: where the quotation stood in
    the plain text of the field when the note was written, in code points."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="passage_notes")
    field = CharField(_("field"), max_length=40)
    quotation = TextField(_("passage"), max_length=500)
    offset = models.PositiveIntegerField()
    text = TextField(_("note to colleagues"), max_length=2000)
    made_by = models.ForeignKey("articles.StaffId", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    closed_by = models.ForeignKey("articles.StaffId", null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)

    objects = PassageNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note to colleagues")
        verbose_name_plural = _("notes to colleagues")
        ordering = ["made_at", "pk"]
        indexes = [models.Index(fields=["article"], name="passage_note_open", condition=models.Q(closed_at=None))]

    def __str__(self) -> str:
        return self.quotation[:80]


class PassageNoteAnswer(models.Model):
    note = models.ForeignKey(PassageNote, on_delete=models.CASCADE, related_name="answers")
    text = TextField(_("answer"), max_length=2000)
    made_by = models.ForeignKey("articles.StaffId", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("answer to a note to colleagues")
        verbose_name_plural = _("answers to notes to colleagues")
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return self.text[:80]
