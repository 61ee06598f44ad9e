"""The rubrics of the archive: categories, regions, topics, with names in every site language."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Rubric(models.Model):
    slug = models.SlugField(_("address part"), max_length=60, unique=True)
    name_en = models.CharField(_("name in English"), max_length=100)
    name_ru = models.CharField(_("name in Russian"), max_length=100)
    iptc_code = models.CharField(
        _("IPTC Media Topic"),
        max_length=20,
        blank=True,
        help_text=_("Optional code, such as medtop:11000000."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.name(get_language() or "en")

    def name(self, language: str) -> str:
        return self.name_ru if language == "ru" else self.name_en


class Category(Rubric):
    class Meta(Rubric.Meta):
        verbose_name = _("category")
        verbose_name_plural = _("categories")


class Region(Rubric):
    class Meta(Rubric.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")


class Topic(Rubric):
    class Meta(Rubric.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
