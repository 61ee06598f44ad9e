"""The record of what was public: append-only, hash-chained; and the internal log of who did what."""

from django.db import models


class PublicationRecord(models.Model):
    """One line for each begin or end of a release. Triggers refuse changes and deletions."""

    ACTS = (("begin", "begin"), ("end", "end"), ("reopen", "reopen"))

    number = models.PositiveBigIntegerField(unique=True)
    act = models.CharField(max_length=8, choices=ACTS)
    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="records")
    release = models.ForeignKey("articles.Release", on_delete=models.PROTECT, related_name="records")
    effective_at = models.DateTimeField()
    form_sha256 = models.CharField(max_length=64)
    register_digest = models.CharField(max_length=64)
    staff_code = models.CharField(max_length=16, blank=True)
    written_at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.act}"


class Event(models.Model):
    """Who did what when, for the newsroom itself."""

    at = models.DateTimeField(db_index=True)
    staff = models.ForeignKey("articles.StaffId", null=True, on_delete=models.PROTECT)
    kind = models.CharField(max_length=40)
    article = models.ForeignKey("articles.Article", null=True, on_delete=models.CASCADE, related_name="events")
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind}"
