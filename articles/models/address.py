"""Where an article stands or stood: one row for each language, date and slug; and links to unpublished articles."""

import secrets

from django.db import models

from .fields import CharField
from .site import LANGUAGES


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


def new_preview_token() -> str:
    """Return 43 characters that nobody can guess."""
    return secrets.token_urlsafe(32)


class PreviewToken(models.Model):
    token = CharField(max_length=64, unique=True, default=new_preview_token)
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="preview_tokens")
    made_by = models.ForeignKey("articles.StaffId", null=True, on_delete=models.PROTECT)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.article_id} {self.expires_at:%Y-%m-%d}"
