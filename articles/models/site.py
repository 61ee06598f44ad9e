"""The outlet: its zone, its own organization, its house style. One row."""

from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import CharField
from .languages import ALL, KNOWN, codes_of, in_language

PUBLISHED_IN = ((ALL, _("English and Russian")), *((code, language.only) for code, language in KNOWN.items()))


def validate_time_zone(value: str) -> None:
    """Refuse a name that is not in the IANA time zone database."""
    if value not in available_timezones():
        raise ValidationError(_("“%(zone)s” is not a known time zone, such as Europe/Moscow."), params={"zone": value})


def default_jurisdictions() -> list[str]:
    return []


def no_points() -> list[str]:
    return []


class Site(models.Model):
    GLYPHS = (("asterisks", "* ** ***"), ("daggers", "† ‡ §"), ("numerals", "¹ ² ³"))
    MENTIONS = (
        ("every", _("every mention")),
        ("first_per_field", _("the first mention in each field")),
        ("first_per_article", _("the first mention in the article")),
    )

    LISTED_AUTHORS = (
        ("nothing", _("nothing: it is the outlet's own business")),
        ("mark", _("the mark in the byline, and the note")),
        ("notice", _("the notice of a foreign agent at the head of the article")),
    )

    name_en = CharField(_("name in English"), max_length=120)
    name_ru = CharField(_("name in Russian"), max_length=120)
    tagline_en = CharField(_("tagline in English"), max_length=200, blank=True)
    tagline_ru = CharField(_("tagline in Russian"), max_length=200, blank=True)
    languages = CharField(
        _("languages"),
        max_length=20,
        choices=PUBLISHED_IN,
        default=ALL,
        help_text=_(
            "In which languages the outlet publishes. Its addresses stay the same when another one is added. A "
            "language with public or scheduled articles cannot be left out."
        ),
    )
    time_zone = CharField(_("time zone"), max_length=64, default="Europe/Moscow", validators=[validate_time_zone])
    publisher = models.ForeignKey(
        "articles.Organization",
        verbose_name=_("own entry"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The outlet's own entry in a register: its names are never marked on its own pages."),
    )
    own_notice_name = CharField(
        _("name in the own notice"),
        max_length=200,
        blank=True,
        help_text=_("As the notice must print it; empty: the first Russian name of the entry."),
    )
    glyphs = CharField(_("glyphs"), max_length=20, choices=GLYPHS, default="asterisks")
    mentions = CharField(_("mentions to mark"), max_length=20, choices=MENTIONS, default="every")
    jurisdictions = models.JSONField(
        _("jurisdictions in force"),
        default=default_jurisdictions,
        blank=True,
        help_text=_(
            "Registers of other jurisdictions mark nothing; none chosen: registers of all mark. A change waits under "
            "Pending changes, like every change of the registers."
        ),
    )
    listed_authors = CharField(
        _("an author who is on a register"),
        max_length=8,
        choices=LISTED_AUTHORS,
        default="nothing",
        help_text=_("What an article prints when one of its bylines is the name or pseudonym of a person listed."),
    )
    hold_on_unclear = models.BooleanField(
        _("hold a scheduled article with a new unclear mention"),
        default=False,
        help_text=_(
            "When a change of the registers makes a mention in a scheduled article unclear: off, it goes live at its "
            "time with its clear marks and the question stands on top of the queue; on, its schedule is cancelled."
        ),
    )
    required_points = models.JSONField(
        _("required before publishing"),
        default=no_points,
        blank=True,
        help_text=_(
            "An article that lacks one of these is neither published nor scheduled. The other points of the list "
            "before publishing only advise."
        ),
    )
    bin_days = models.PositiveSmallIntegerField(
        _("days in the bin"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
        help_text=_("After so many days a draft in the bin is erased with its texts, for good."),
    )
    draft_days = models.PositiveSmallIntegerField(
        _("days until an untouched draft goes to the bin"),
        default=0,
        db_default=0,
        validators=[MaxValueValidator(3650)],
        help_text=_(
            "A draft that was never published, and that nobody has saved for so many days, goes to the bin by itself, "
            "where it can still be taken out. 0: never."
        ),
    )
    erase_by_two = models.BooleanField(
        _("two people erase a draft"),
        default=False,
        db_default=False,
        help_text=_("Erasing a draft before the bin is emptied: one asks, and another, who is an editor, does it."),
    )
    browser_copies = models.BooleanField(
        _("keep a copy of unsaved text in the browser"),
        default=True,
        help_text=_(
            "While the server does not answer, what is typed is kept in the browser of whoever types it, until the "
            "server has it or they log out. Off: nothing is kept there, for computers that may be stolen."
        ),
    )
    fetch_posts = models.BooleanField(
        _("ask other sites for posts"),
        default=False,
        db_default=False,
        help_text=_(
            "On: for a card of a post from elsewhere the newsroom's server may ask that site for words and a still "
            "picture, when somebody at the desk wants it; the site learns of it. Off: cards are typed or pasted."
        ),
    )

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="site_one_row")]

    def __str__(self) -> str:
        return self.name(self.used[0])

    def save(self, *args: object, **kwargs: object) -> None:
        self.pk = 1
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @classmethod
    def current(cls) -> "Site":
        """Return the outlet's row; an unsaved one with the defaults while there is none."""
        return cls.objects.select_related("publisher").first() or cls(pk=1, name_en="Newsroom", name_ru="Редакция")

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def used(self) -> tuple[str, ...]:
        """The codes of the languages that the outlet publishes in; the first is that of what has none of its own."""
        return codes_of(self.languages)

    def name(self, language: str) -> str:
        return in_language(self, "name", language)

    def tagline(self, language: str) -> str:
        return in_language(self, "tagline", language)
