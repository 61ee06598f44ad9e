"""Keepers' lists: how a file is read, a file that was taken, its lines, and what was confirmed of each line once.

Nothing of a file is kept but its hash and its lines, cut of birth dates, numbers of persons and addresses.
"""

from typing import Any

from django.db import models
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from .fields import CharField, TextField


class ListLayout(models.Model):
    """Which column of a keeper's file is what. `data`: the fields of `lists.layouts.Layout`.

    `is_shipped`: comes with the program and is kept in step with it; it can be copied, not edited.
    """

    name = models.SlugField(_("name"), max_length=60, unique=True)
    title = CharField(_("title"), max_length=200, blank=True)
    register = models.ForeignKey(
        "articles.Register",
        verbose_name=_("register"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    data = models.JSONField(_("columns"), default=dict)
    is_shipped = models.BooleanField(_("comes with the program"), default=False)
    made_by = models.ForeignKey("articles.StaffId", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made"), null=True)

    class Meta:
        verbose_name = _("layout of keepers' files")
        verbose_name_plural = _("layouts of keepers' files")
        ordering = ["-is_shipped", "name"]

    def __str__(self) -> str:
        return self.title or self.name


class ListFile(models.Model):
    """A keeper's file that was taken. `as_of`: the day it names itself. `seen`: the state that its difference is of.
    `version`: rises with each answer.

    `faults`: what is wrong with it, each {row, column, text, values, read}; `counts`: lines by what changes, and open
    questions; `report`: what storing it did, as `Plan.report` gives it.
    """

    STATES = (
        ("waiting", _("waits: nothing is stored yet")),
        ("stored", _("stored")),
        ("checked", _("checked: nothing was new")),
        ("dropped", _("dropped")),
    )

    register = models.ForeignKey(
        "articles.Register", verbose_name=_("register"), on_delete=models.PROTECT, related_name="files"
    )
    layout = models.ForeignKey(
        ListLayout, verbose_name=_("layout"), null=True, on_delete=models.SET_NULL, related_name="files"
    )
    file_name = CharField(_("file"), max_length=200)
    sha256 = CharField(_("SHA-256"), max_length=64)
    as_of = models.DateField(_("as of"), null=True)
    partial = models.BooleanField(_("only a part of the list"), default=False)
    state = CharField(_("state"), max_length=8, choices=STATES, default="waiting")
    seen = CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=0)
    faults = models.JSONField(_("not read"), default=list, blank=True)
    counts = models.JSONField(_("lines"), default=dict, blank=True)
    report = models.JSONField(_("what it did"), default=dict, blank=True)
    forced = CharField(_("stored in spite of warnings, because"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("taken"))
    made_by = models.ForeignKey("articles.StaffId", null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(_("stored or dropped"), null=True)
    ended_by = models.ForeignKey("articles.StaffId", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("keeper's file")
        verbose_name_plural = _("keepers' files")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.file_name} {localtime(self.made_at):%Y-%m-%d %H:%M}"

    @property
    def is_whole(self) -> bool:
        """Say whether it is the whole list, and every line of it was read: only then is a line known to be gone."""
        return not self.partial and all(fault.get("read") for fault in self.faults)


class Told(models.Model):
    """What is kept of a line. `name`: the keeper's wording of the name; `line`: with what else the line calls it.

    `data`: what `read_list` prints of the line, without its file. `digest`: a keyed digest of the whole line;
    `numbers`: a keyed digest of each number and date of it that is kept nowhere, by its label.
    """

    kind = CharField(_("kind"), max_length=12)
    name = TextField(_("name"))
    line = TextField(_("line"))
    data = models.JSONField(default=dict)
    digest = CharField(max_length=64)
    numbers = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True


class KeeperLine(Told):
    """A line of a register's keeper as it was stored last, and whose it was found to be.

    `names`: what was decided of each name, by language and folded name: {"ru:…": {take, strength, kind}}. `state`: what
    became of a line that the keeper's list no longer has.
    """

    STATES = (("listed", _("listed")), ("left", _("gone, ended")), ("kept", _("gone, kept")))

    register = models.ForeignKey("articles.Register", on_delete=models.PROTECT, related_name="lines")
    organization = models.ForeignKey(
        "articles.Organization", verbose_name=_("entry"), null=True, on_delete=models.SET_NULL, related_name="lines"
    )
    folded = TextField(_("folded name"))
    registration = CharField(_("registration number"), max_length=60, blank=True)
    ogrn = CharField(_("OGRN"), max_length=20, blank=True)
    names = models.JSONField(default=dict, blank=True)
    state = CharField(max_length=8, choices=STATES, default="listed")
    last_file = models.ForeignKey(ListFile, null=True, on_delete=models.SET_NULL, related_name="+")
    last_seen = models.DateTimeField(_("last seen"), null=True)

    class Meta:
        verbose_name = _("line of a keeper's list")
        verbose_name_plural = _("lines of keepers' lists")
        ordering = ["register", "pk"]

    def __str__(self) -> str:
        return self.line[:100]


class ListRow(Told):
    """A line of a file that waits; of what is gone, the line that the file no longer has.

    `change`: what the file does to it; `asked`: a person has to answer before it is stored. `entry`, `keeper_line`,
    `with_position`: whose it is or may be (our entry, the line stored before, another line of the same file), and
    `reason` by what that was found. `names`: {text, language, kind, strength, take, state: new|known|refused|left,
    forms, found}; `frequency`: in how many articles the most frequent new one stands.
    """

    CHANGES = (
        ("added", _("added")),
        ("ended", _("ended")),
        ("changed", _("changed")),
        ("unchanged", _("unchanged")),
        ("gone", _("gone from the list")),
        ("stopped", _("stopped: a known number with another name")),
        ("doubtful", _("may be an entry that we have")),
    )
    ANSWERS = (
        ("", _("not answered")),
        ("same", _("it is the same")),
        ("other", _("it is another")),
        ("skip", _("leave it out this time")),
        ("end", _("it has ended")),
        ("keep", _("it stays")),
    )

    file = models.ForeignKey(ListFile, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    where = models.JSONField(_("place"), default=dict)
    questions = models.JSONField(_("questions"), default=list, blank=True)
    change = CharField(_("change"), max_length=10, choices=CHANGES, default="added")
    asked = models.BooleanField(_("a person is asked"), default=False)
    entry = models.ForeignKey(
        "articles.Organization", verbose_name=_("entry"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    keeper_line = models.ForeignKey(KeeperLine, null=True, on_delete=models.SET_NULL, related_name="+")
    with_position = models.PositiveIntegerField(null=True)
    reason = CharField(_("found by"), max_length=60, blank=True)
    answer = CharField(_("answer"), max_length=8, choices=ANSWERS, blank=True)
    ends_on = models.DateField(_("ended on"), null=True)
    names = models.JSONField(default=list, blank=True)
    frequency = models.PositiveIntegerField(_("found in the archive"), null=True)
    names_confirmed = models.BooleanField(default=False)
    names_by = models.ForeignKey("articles.StaffId", null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey("articles.StaffId", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("line of a keeper's file")
        verbose_name_plural = _("lines of keepers' files")
        ordering = ["file", "position", "pk"]
        indexes = [models.Index(fields=["file", "change"], name="listrow_change")]

    def __str__(self) -> str:
        return self.line[:100]

    @property
    def is_open(self) -> bool:
        """Say whether the row still waits for a person's answer."""
        return self.asked and not self.answer

    def days(self) -> dict[str, Any]:
        """Return the dates of the line as text, by what they say."""
        return {key: self.data.get(key) for key in ("since", "until", "decided", "published")}
