"""The record of what was public: append-only, hash-chained; its head of each day; what was erased; who did what."""

from django.db import models
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from .fields import CharField, TextField


class PublicationRecord(models.Model):
    """One line for each begin or end of a release, and for its erasure. Triggers refuse changes and deletions."""

    ACTS = (("begin", _("begin")), ("end", _("end")), ("reopen", _("reopened")), ("erase", _("erased")))

    number = models.PositiveBigIntegerField(_("number"), unique=True)
    act = CharField(_("act"), max_length=8, choices=ACTS)
    article = models.ForeignKey(
        "articles.Article", verbose_name=_("article"), on_delete=models.PROTECT, related_name="records"
    )
    release = models.ForeignKey(
        "articles.Release", verbose_name=_("release"), on_delete=models.PROTECT, related_name="records"
    )
    effective_at = models.DateTimeField(_("holds from"))
    form_sha256 = CharField(_("SHA-256 of the reading form"), max_length=64)
    register_digest = CharField(_("SHA-256 of the register version"), max_length=64)
    staff_code = CharField(_("staff pseudonym"), max_length=16, blank=True)
    written_at = models.DateTimeField(_("written"))
    previous_hash = CharField(_("hash of the line before"), max_length=64)
    hash = CharField(_("hash"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("line of the publication record")
        verbose_name_plural = _("lines of the publication record")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.get_act_display()}"


class DayHead(models.Model):
    """The record's last line when a day of the newsroom was over: printed for readers. Triggers refuse changes."""

    date = models.DateField(unique=True)
    number = models.PositiveBigIntegerField()
    hash = CharField(max_length=64)
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["-date"]

    def __str__(self) -> str:
        return f"{self.date} {self.hash[:12]}"


class Erasure(models.Model):
    """That a withdrawn article was erased, when and why. `files`: photo files that are still to be removed."""

    article = models.OneToOneField("articles.Article", on_delete=models.PROTECT, related_name="erasure")
    reason = TextField(_("reason"), max_length=1000)
    made_by = models.ForeignKey("articles.StaffId", null=True, on_delete=models.PROTECT)
    made_at = models.DateTimeField(_("when"))
    files = models.JSONField(default=list)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.article_id} {localtime(self.made_at):%Y-%m-%d}"


class LeftFile(models.Model):
    """A file that is still to be removed, after what showed it was erased: by its place in the media folder, or the
    address of its stored copy."""

    name = CharField(max_length=300, unique=True)

    def __str__(self) -> str:
        return self.name


class Event(models.Model):
    """Who did what when, for the newsroom itself."""

    at = models.DateTimeField(_("when"), db_index=True)
    staff = models.ForeignKey("articles.StaffId", verbose_name=_("who"), null=True, on_delete=models.PROTECT)
    kind = CharField(_("kind"), max_length=40)
    article = models.ForeignKey(
        "articles.Article", verbose_name=_("article"), null=True, on_delete=models.CASCADE, related_name="events"
    )
    about = models.ForeignKey(
        "articles.StaffId", verbose_name=_("whose account"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    detail = models.JSONField(_("details"), default=dict)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-at", "-pk"]
        permissions = [("audit_event", _("can read events of accounts, logins, settings and exports"))]

    def __str__(self) -> str:
        return f"{localtime(self.at):%Y-%m-%d %H:%M:%S}"
