"""The rubrics of the archive: categories, regions, topics, with names in every site language.

`KINDS` is the one table of their kinds; addresses, look-ups, statements and counts are derived from it.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import CharField, TextField
from .languages import desk_language, in_language


class Rubric(models.Model):
    slug = models.SlugField(_("address part"), max_length=60, unique=True)
    name_en = CharField(_("name in English"), max_length=100)
    name_ru = CharField(_("name in Russian"), max_length=100)
    iptc_code = CharField(
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
        return self.name(desk_language())

    def name(self, language: str) -> str:
        return in_language(self, "name", language)


class Category(Rubric):
    class Meta(Rubric.Meta):
        verbose_name = _("category")
        verbose_name_plural = _("categories")


class Region(Rubric):
    class Meta(Rubric.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")


ABOUT = _(
    "Stands at the head of the page of the story: what it is about, and how it has come so far. An empty line begins a "
    "paragraph. Names of listed organizations and persons are marked when it is printed."
)


class Topic(Rubric):
    """A topic is a story that goes on. `about`: what is written of it as a whole, plain text."""

    about_en = TextField(
        _("the story in English"), max_length=3000, blank=True, default="", db_default="", help_text=ABOUT
    )
    about_ru = TextField(
        _("the story in Russian"), max_length=3000, blank=True, default="", db_default="", help_text=ABOUT
    )

    class Meta(Rubric.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def about(self, language: str) -> str:
        return in_language(self, "about", language)


@dataclass(frozen=True)
class Kind:
    """A kind of rubric. `field`: the look-up of a release's rubrics of this kind."""

    name: str
    model: type[Category] | type[Region] | type[Topic]
    field: str

    @property
    def slug_field(self) -> str:
        """The look-up of a release by the address part of its rubrics."""
        return f"{self.field}__slug"

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def is_many(self) -> bool:
        """Whether a release can bear several: they are those of its edition."""
        return self.field.startswith("edition__")

    def of(self, holder: models.Model) -> "list[Rubric]":
        """Return the rubrics of this kind that an article or an edition bears."""
        borne = getattr(holder, self.field.removeprefix("edition__"))
        return list(borne.all()) if self.is_many else [borne]

    @property
    def through(self) -> str:
        """The table that ties editions to rubrics of a kind that they bear several of."""
        return f"articles_{self.field.replace('__', '_')}"


KINDS = {
    kind.name: kind
    for kind in (
        Kind("category", Category, "category"),
        Kind("region", Region, "edition__regions"),
        Kind("topic", Topic, "edition__topics"),
    )
}


def split_key(rubric: str) -> tuple[Kind | None, str]:
    """Return kind and address part of a rubric's key, such as "topic:courts"; None and "" for the empty one."""
    name, _colon, slug = rubric.partition(":")
    return (KINDS[name], slug) if name else (None, "")
