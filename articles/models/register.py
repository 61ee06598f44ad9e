"""Who is designated, on which list, under which names; and the compiled form that every process loads."""

from datetime import date, datetime, timedelta

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..footnotes.statuses import STATUS_ORDER
from .fields import CharField, TextField
from .languages import LANGUAGES, in_language

STATUS_NAMES = {
    "terrorist": _("terrorist"),
    "extremist": _("extremist"),
    "undesirable": _("undesirable"),
    "foreign_agent": _("foreign agent"),
    "other": _("other"),  # a status that only a file's `status_order` names
}


class Register(models.Model):
    """`notes`: {language: {one, many, inline, lifted: {text, source}}}, as in the register file."""

    STATUSES = tuple((status, STATUS_NAMES[status]) for status in (*STATUS_ORDER, "other"))
    ARCHIVE = (("today", _("today's state")), ("publication_day", _("the state on publication day")))
    LIFTED = (("remove", _("remove the mark")), ("past_tense", _("keep it, in the past tense")))

    key = models.SlugField(_("key"), max_length=60, unique=True)
    jurisdiction = CharField(_("jurisdiction"), max_length=10, default="RU")
    status = CharField(_("status"), max_length=40, choices=STATUSES)
    title_en = TextField(_("title in English"))
    title_ru = TextField(_("title in Russian"))
    keeper_en = CharField(_("keeper in English"), max_length=200)
    keeper_ru = CharField(_("keeper in Russian"), max_length=200)
    archive_policy = CharField(_("the archive is marked by"), max_length=20, choices=ARCHIVE, default="today")
    lifted_policy = CharField(_("a lifted designation"), max_length=20, choices=LIFTED, default="remove")
    notes = models.JSONField(_("wordings of the note"), default=dict)
    own_notice = models.JSONField(_("the outlet's own notice"), default=dict, blank=True)
    position = models.PositiveSmallIntegerField(_("order of statuses"), default=0)
    source_url = models.URLField(_("where the keeper publishes it"), max_length=500, blank=True)
    checked_at = models.DateTimeField(
        _("last checked"), null=True, blank=True, help_text=_("When it was last held against the keeper's list.")
    )
    check_days = models.PositiveSmallIntegerField(
        _("check every, days"), default=7, help_text=_("After so many days the desk warns that it may be out of date.")
    )
    shrink_percent = models.PositiveSmallIntegerField(
        _("an import may end, percent"),
        default=10,
        validators=[MaxValueValidator(100)],
        help_text=_("A file that ends more designations, or is shorter, is refused unless a reason is given."),
    )
    apply_additions = models.BooleanField(
        _("apply imported additions at once"),
        default=False,
        help_text=_("Only when every new name is strong and nothing else changes or waits."),
    )

    class Meta:
        verbose_name = _("register")
        verbose_name_plural = _("registers")
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.key

    def title(self, language: str) -> str:
        return in_language(self, "title", language)

    def keeper(self, language: str) -> str:
        return in_language(self, "keeper", language)

    def is_stale(self, at: datetime) -> bool:
        """Say whether it was never held against the keeper's list, or too long ago, or at a moment still to come."""
        return self.checked_at is None or not (
            at - timedelta(days=self.check_days) <= self.checked_at <= at + timedelta(days=1)
        )


class EntryQuerySet(models.QuerySet["Organization"]):
    def standing(self) -> "EntryQuerySet":
        """Entries by themselves, without those that were merged into others."""
        return self.filter(merged_into=None)


class Organization(models.Model):
    """An entry of the registers: a body, or a person, of whom nothing is kept but the name.

    `data`: what the register file says beyond the columns (descriptor, keys of merged entries). `merged_into`: the
    entry that holds what this one was; it stays, without names and designations, for the mentions and answers that are
    its own, and `data` has what it held.
    """

    KINDS = (("organization", _("organization")), ("person", _("person")))
    GENDERS = (("m", _("he")), ("f", _("she")))
    SURNAMES = (
        ("", _("nothing by itself")),
        ("ask", _("is asked about")),
        ("mark", _("is marked")),
    )

    key = models.SlugField(_("key"), max_length=120, unique=True)
    kind = CharField(_("kind"), max_length=12, choices=KINDS, default="organization")
    family = CharField(_("family name"), max_length=200, blank=True)
    given = CharField(_("given name"), max_length=200, blank=True)
    patronymic = CharField(_("patronymic"), max_length=200, blank=True)
    gender = CharField(_("gender"), max_length=1, choices=GENDERS, blank=True)
    surname = CharField(
        _("the family name alone"),
        max_length=4,
        choices=SURNAMES,
        blank=True,
        help_text=_("What it does in an article without the full name."),
    )
    not_beside = models.JSONField(_("never this person beside"), default=list, blank=True)
    data = models.JSONField(default=dict, blank=True)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="merged",
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the registers")
        verbose_name_plural = _("entries of the registers")
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="organization", family="", given="", patronymic="", gender="", surname="")
                | (Q(kind="person", gender__in=("m", "f")) & ~Q(family="") & ~Q(given="")),
                name="person_has_a_name",
            )
        ]

    def __str__(self) -> str:
        return self.key

    def shown_name(self) -> str:
        """Return the first name in the language of the one who reads, else the first of all, else the key."""
        names = list(self.names.all())
        own = [name.text for name in names if name.language == get_language()]
        return (own or [name.text for name in names] or [self.key])[0]

    @property
    def is_person(self) -> bool:
        return self.kind == "person"


class Name(models.Model):
    """`data`: what the register file says of the name beyond the columns (forms, cues, other meanings, examples)."""

    STRENGTHS = (
        ("strong", _("strong: always marked")),
        ("quoted", _("quoted: marked in quotation marks or beside its descriptor")),
        ("weak", _("weak: needs a cue in the same article")),
        ("ask", _("ask: never marked without a person")),
    )
    REVIEWS = (("rule", _("by rule")), ("hand", _("by hand")))

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="names")
    text = CharField(_("name"), max_length=800)
    language = CharField(_("language"), max_length=2, choices=LANGUAGES)
    strength = CharField(
        _("strength"),
        max_length=8,
        choices=STRENGTHS,
        blank=True,
        help_text=_("Empty: by rule, from the name itself."),
    )
    inflection = CharField(_("inflection"), max_length=20, blank=True)
    review = CharField(_("reviewed"), max_length=8, choices=REVIEWS, default="rule")
    data = models.JSONField(default=dict, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("names")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["organization", "language", "text"], name="name_once")]

    def __str__(self) -> str:
        return self.text


class DesignationQuerySet(models.QuerySet["Designation"]):
    def in_force(self, on: date) -> "DesignationQuerySet":
        """Designations that hold on the day `on`; an unknown start counts as in force on every date."""
        return self.filter(Q(designated_from=None) | Q(designated_from__lte=on)).filter(
            Q(designated_until=None) | Q(designated_until__gt=on)
        )


class Designation(models.Model):
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="designations")
    register = models.ForeignKey(
        Register, verbose_name=_("register"), on_delete=models.PROTECT, related_name="designations"
    )
    designated_from = models.DateField(
        _("designated from"),
        null=True,
        blank=True,
        help_text=_("Empty: not known; counts as in force on every day."),
    )
    designated_until = models.DateField(
        _("designated until"), null=True, blank=True, help_text=_("The first day it no longer holds.")
    )
    source = CharField(_("source"), max_length=500, blank=True)

    objects = DesignationQuerySet.as_manager()

    class Meta:
        verbose_name = _("designation")
        verbose_name_plural = _("designations")
        ordering = ["register", "designated_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(designated_from=None)
                | Q(designated_until=None)
                | Q(designated_until__gt=F("designated_from")),
                name="designation_period",
            )
        ]

    def __str__(self) -> str:
        return f"{self.register_id} {self.designated_from or '?'}–{self.designated_until or ''}"


class RegisterVersion(models.Model):
    """`compiled`: the bytes that the engine loads, empty once no article needs them any more; `digest`: their SHA-256;
    `source`: the register file they were made of, compressed; `source_digest`: its SHA-256. The version in force is
    the one applied last."""

    number = models.PositiveIntegerField(_("number"), unique=True)
    source_digest = CharField(max_length=64, db_index=True)
    digest = CharField(_("digest"), max_length=64)
    compiled = models.BinaryField()
    source = models.BinaryField(default=b"", editable=False)
    organizations = models.PositiveIntegerField(_("entries"))
    created_at = models.DateTimeField(_("made"))
    applied_at = models.DateTimeField(
        _("in force since"), null=True, help_text=_("Empty: only compiled; nothing is marked by it yet.")
    )
    applied_by = models.ForeignKey(
        "articles.StaffId", verbose_name=_("who"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("register version")
        verbose_name_plural = _("register versions")
        ordering = ["-number"]
        # Each page asks for the version in force. The columns behind the compiled bytes cost SQLite the way through
        # all of them, so that what is asked for stands in an index.
        indexes = [models.Index(fields=["applied_at", "number", "digest"], name="registerversion_applied")]

    def __str__(self) -> str:
        return f"{self.number}"
