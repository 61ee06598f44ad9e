"""The working copy that editors write: clean text, rubrics, origin, state. Readers never see it; they see editions."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import CharField, TextField
from .languages import LANGUAGES


class ArticleQuerySet(models.QuerySet["Article"]):
    def kept(self) -> "ArticleQuerySet":
        """All but those in the bin."""
        return self.filter(binned_at=None)

    def translations_of(self, article: "Article") -> "ArticleQuerySet":
        """The other language versions of an article: its origin, its translations, and its siblings."""
        root = article.origin_article_id or article.pk
        return self.filter(models.Q(pk=root) | models.Q(origin_article_id=root)).exclude(pk=article.pk)


class Article(models.Model):
    STATES = (("draft", _("draft")), ("in_review", _("in review")), ("approved", _("approved")))
    METHODS = (
        ("human", _("by a person")),
        ("machine", _("by machine")),
        ("machine_reviewed", _("by machine, reviewed by a person")),
    )

    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    language = CharField(_("language"), max_length=2, choices=LANGUAGES)
    slug = models.SlugField(
        _("address part"),
        max_length=100,
        help_text=_("Latin letters, digits and hyphens; part of the address."),
    )
    headline = CharField(_("headline"), max_length=250)
    summary = TextField(_("summary"), max_length=1000, blank=True)
    body = TextField(_("text"), blank=True)
    lead_photo = models.ForeignKey(
        "articles.Photo", verbose_name=_("lead photo"), null=True, blank=True, on_delete=models.PROTECT
    )
    photo_caption = CharField(
        _("photo caption"), max_length=500, blank=True, help_text=_("Empty: the photo's own caption.")
    )
    photo_alt = CharField(
        _("alternative text of the photo"), max_length=300, blank=True, help_text=_("Empty: the photo's own.")
    )
    figure_texts = TextField(
        _("texts of the photos in the text"), blank=True, default="", db_default=""
    )  # see `editions.figures`
    authors = models.ManyToManyField(
        "articles.Author", verbose_name=_("authors"), through="articles.Byline", blank=True
    )
    source_line = CharField(
        _("source line"),
        max_length=300,
        blank=True,
        help_text=_("Printed under the article after “Source:”."),
    )
    category = models.ForeignKey("articles.Category", verbose_name=_("category"), on_delete=models.PROTECT)
    regions = models.ManyToManyField("articles.Region", verbose_name=_("regions"), blank=True)
    topics = models.ManyToManyField("articles.Topic", verbose_name=_("topics"), blank=True)
    dated_at = models.DateTimeField(
        _("publication date"),
        null=True,
        blank=True,
        help_text=_("What the page prints and where the archive files it; empty: the moment it goes live."),
    )
    embargo_until = models.DateTimeField(
        _("embargo until"), null=True, blank=True, help_text=_("The earliest moment it may be visible.")
    )
    origin_article = models.ForeignKey(
        "self",
        verbose_name=_("translation of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="translations",
        limit_choices_to={"binned_at": None},
    )
    origin_outlet = CharField(
        _("first published by"),
        max_length=200,
        blank=True,
        help_text=_("As the line under the article names it, such as “the Russian page of the outlet”."),
    )
    origin_published_at = models.DateTimeField(_("first published at"), null=True, blank=True)
    origin_zone = CharField(
        _("zone of that time"),
        max_length=20,
        blank=True,
        help_text=_("As printed after the time, such as MSK."),
    )
    origin_url = models.URLField(_("address of the original"), max_length=500, blank=True)
    translator = CharField(_("translator"), max_length=100, blank=True)
    translation_method = CharField(_("translated"), max_length=20, choices=METHODS, blank=True)
    state = CharField(_("state"), max_length=12, choices=STATES, default="draft", editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(
        "articles.StaffId",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="articles",
    )
    binned_at = models.DateTimeField(_("in the bin since"), null=True, editable=False)
    # Who has asked that the draft in the bin be erased at once, where that takes two.
    erase_asked_by = models.ForeignKey(
        "articles.StaffId", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    erase_asked_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("saved"), auto_now=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-updated_at", "-pk"]
        indexes = [
            models.Index(fields=["-updated_at", "-id"], name="article_newest"),
            models.Index(fields=["binned_at"], name="article_binned", condition=models.Q(binned_at__isnull=False)),
        ]
        permissions = [
            ("submit_article", "May submit own articles for review"),
            ("approve_article", "May approve an article"),
            ("publish_article", "May schedule, publish and correct"),
            ("withdraw_article", "May withdraw"),
            ("answer_mention", "May answer unclear mentions"),
            ("override_gate", "May override the gate"),
        ]

    def __str__(self) -> str:
        return self.headline

    @property
    def is_translation(self) -> bool:
        return bool(self.origin_article_id or self.origin_outlet)


class Byline(models.Model):
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey("articles.Author", verbose_name=_("author"), on_delete=models.PROTECT)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["article", "author"], name="byline_once")]

    def __str__(self) -> str:
        return str(self.author)


class ArticleVersion(models.Model):
    """A saved state of the working copy, whole."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    fields = models.JSONField()
    saved_by = models.ForeignKey("articles.StaffId", null=True, on_delete=models.PROTECT)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("saved version")
        verbose_name_plural = _("saved versions")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="version_number_once")]

    def __str__(self) -> str:
        return f"{self.article_id} v{self.number}"
