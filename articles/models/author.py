"""Who is named in the byline; a pseudonym is allowed, so an author is not a user."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import CharField
from .languages import desk_language, in_language


class Author(models.Model):
    slug = models.SlugField(_("address part"), max_length=60, unique=True)
    name_en = CharField(_("byline in English"), max_length=100)
    name_ru = CharField(_("byline in Russian"), max_length=100)

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["name_en"]

    def __str__(self) -> str:
        return self.name(desk_language())

    def name(self, language: str) -> str:
        return in_language(self, "name", language)
