"""What is printed: the clean fields with their marks as data. An edition is made once and never changed."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import CharField, TextField
from .languages import LANGUAGES
from .printed import COLUMNS, EDITION_BESIDE

UNCHANGED = "An edition is never changed: issue a new one."


def files_shown(photo: Mapping[str, Any], figures: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the names of the web sizes that an edition shows, each once; `photo`, `figures`: its columns."""
    return tuple(dict.fromkeys(one["web"] for one in (photo, *figures) if one.get("web")))


class PhotoWeb(models.Func):
    """The name of the web size of the photo that an edition prints, of its column `photo`, as an index holds it: so
    written that both databases know the index again, whatever name is asked for."""

    template = "(%(expressions)s ->> 'web')"
    output_field = CharField()


class ReadingForm(models.Model):
    """The HTML fragment that readers see, stored compressed once per hash."""

    sha256 = CharField(max_length=64, primary_key=True)
    body = models.BinaryField()
    size = models.PositiveIntegerField(help_text="bytes of the form before compression")

    def __str__(self) -> str:
        return self.sha256[:12]


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions are never changed, row by row or many at once; their text and pictures can be erased."""

    def update(self, **kwargs: Any) -> int:
        """Refuse."""
        raise TypeError(UNCHANGED)

    def erase(self) -> int:
        """Take what was printed out of the rows; numbers, dates, addresses and hashes stay. For `record.erase`."""
        blank, emptied = Edition(), (*COLUMNS, *EDITION_BESIDE)
        return super().update(**{column: getattr(blank, column) for column in emptied})


class Edition(models.Model):
    """`marks`: list of {field, start, end, mark_at, organization, registers}; offsets in code points of the field.
    `ledger`: register combinations in the order of their glyphs in the article block.
    `dated_marks`: for pages of another day, where a register keeps to the day of publication: list of {since, marks},
    each holding from its day ("" the first) to the next; empty: `marks` hold on every day.
    `photo`: {id, web, width, height, focal_x, focal_y, alt, caption, credit, licence, sha256} or {};
    `sha256`: of the file, in editions issued since it is printed; `licence`: where the photo names one.
    `figures`: of the photos in the text, one for each place in the order of the page: the same as `photo`.
    `author_ids`: of the authors whose names `bylines` prints, in their order, null where it is not known whose name an
    old edition prints. Filing, as the rubrics are: no part of what was printed and its hash.
    `origin`: {language, outlet, published_at, zone, url, translator, method} or {}.
    `corrections`: list of {kind, text, made_at}, newest first.
    """

    REASONS = (
        ("first", _("first publication")),
        ("minor", _("minor edit")),
        ("update", _("update")),
        ("correction", _("correction")),
        ("relabel", _("relabel")),
        ("retraction", _("retraction")),
    )

    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    language = CharField(max_length=2, choices=LANGUAGES)
    slug = models.SlugField(max_length=100)
    headline = CharField(max_length=250)
    summary = TextField(blank=True)
    body = TextField(blank=True)
    photo = models.JSONField(default=dict)
    figures = models.JSONField(default=list, db_default=[])
    bylines = models.JSONField(default=list)
    author_ids = models.JSONField(default=list)
    source_line = CharField(max_length=300, blank=True)
    origin = models.JSONField(default=dict)
    corrections = models.JSONField(default=list)
    category = models.ForeignKey("articles.Category", on_delete=models.PROTECT, related_name="editions")
    regions = models.ManyToManyField("articles.Region", related_name="editions")
    topics = models.ManyToManyField("articles.Topic", related_name="editions")
    marks = models.JSONField(default=list)
    dated_marks = models.JSONField(default=list)
    ledger = models.JSONField(default=list)
    register_version = models.ForeignKey("articles.RegisterVersion", on_delete=models.PROTECT)
    reason = CharField(max_length=12, choices=REASONS)
    published_at = models.DateTimeField()
    published_date = models.DateField()
    modified_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey("articles.StaffId", null=True, on_delete=models.PROTECT)
    issued_at = models.DateTimeField()
    content_hash = CharField(max_length=64)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="edition_number_once")]
        indexes = [models.Index(PhotoWeb("photo"), name="edition_photo_web")]

    def __str__(self) -> str:
        return f"{self.headline} ({self.number})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new edition; an edition that is already stored is never changed."""
        if self.pk is not None and not self._state.adding:
            raise TypeError(UNCHANGED)
        super().save(*args, **kwargs)


class Mention(models.Model):
    """One marked mention of an edition, for reports, filters and relabelling."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="mentions")
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="mentions")
    field = CharField(max_length=40)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    organization = models.ForeignKey("articles.Organization", on_delete=models.PROTECT, related_name="mentions")
    registers = CharField(max_length=200)
    surface = CharField(max_length=300)
    rule = CharField(max_length=60)

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        indexes = [models.Index(fields=["organization", "edition"], name="mention_organization")]

    def __str__(self) -> str:
        return self.surface


class MentionDecision(models.Model):
    """An editor's answer for an unclear mention, kept by its key while the text around it stands."""

    ANSWERS = (("mark", _("mark")), ("not", _("not the one listed")))

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="decisions")
    key = CharField(max_length=200)
    surface = CharField(max_length=300)
    organization = models.ForeignKey("articles.Organization", on_delete=models.PROTECT)
    answer = CharField(_("answer"), max_length=8, choices=ANSWERS)
    reason = CharField(_("reason"), max_length=300, blank=True)
    made_by = models.ForeignKey("articles.StaffId", on_delete=models.PROTECT)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("answer for a mention")
        verbose_name_plural = _("answers for mentions")
        constraints = [models.UniqueConstraint(fields=["article", "key"], name="decision_once")]

    def __str__(self) -> str:
        return f"{self.surface}: {self.answer}"
