"""Where an article stands or stood: one row for each language, date and slug."""

from django.db import models

from .fields import CharField
from .languages import LANGUAGES


class Address(models.Model):
    """The current one answers 200 or 410, an old one 301 to the current one."""

    language = CharField(max_length=2, choices=LANGUAGES)
    date = models.DateField()
    slug = models.SlugField(max_length=100)
    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="addresses")
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["language", "date", "slug"], name="address_once"),
            models.UniqueConstraint(fields=["article"], condition=models.Q(current=True), name="address_one_current"),
        ]

    def __str__(self) -> str:
        return f"/{self.language}/{self.date:%Y/%m/%d}/{self.slug}/"
