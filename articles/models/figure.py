"""Which photos stand in the texts of editions: followed from the photo and its file, and what keeps it from deletion.

The text names them itself (`<figure data-photo="7 12">`), and an edition holds what it prints of them
(`Edition.figures`); these rows are for questions from the photo's side, which a text cannot be asked. In which articles
to look for what names a photo is another question: `PhotoUse`.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import CharField


class EditionFigure(models.Model):
    """A photo, or the still picture of a post, in the text that an edition prints, once however often it stands there;
    written with the edition.

    `web`: the name of the web size that it shows, which the photo may have had before it was turned.
    """

    edition = models.ForeignKey("articles.Edition", on_delete=models.CASCADE, related_name="figure_rows")
    photo = models.ForeignKey("articles.Photo", on_delete=models.PROTECT, related_name="edition_figures")
    web = CharField(max_length=120, db_index=True)

    class Meta:
        verbose_name = _("photo in a printed text")
        verbose_name_plural = _("photos in printed texts")
        constraints = [models.UniqueConstraint(fields=["edition", "photo"], name="edition_figure_once")]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.photo_id}"
