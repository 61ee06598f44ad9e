"""Who did what when: the newsroom's own log, read only."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.dateparse import parse_datetime
from django.utils.formats import localize
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from articles.models import LANGUAGES, PLACE_KINDS, AccountChange, Article, Event, Freeze, MentionDecision, PreviewToken
from articles.publishing.events import AUDITED

from ..base import ReadOnlyAdmin, name_of

KINDS = {
    "save": _("saved"),
    "copy": _("began it as a copy of another article"),
    "binned": _("put it in the bin"),
    "unbinned": _("took it out of the bin"),
    "bin emptied": _("erased a draft from the bin"),
    "binned by age": _("put an old draft in the bin"),
    "erasure asked": _("asked another to erase a draft"),
    "draft erased": _("erased a draft for good"),
    "restore": _("brought an earlier version back"),
    "state": _("moved to another state"),
    "answer": _("answered for a mention"),
    "answer taken back": _("took an answer back"),
    "passage note": _("wrote a note to colleagues"),
    "passage note answered": _("answered a note to colleagues"),
    "post kept": _("kept a post from elsewhere"),
    "post changed": _("changed the card of a post from elsewhere"),
    "post deleted": _("took out the card of a post from elsewhere"),
    "passage note closed": _("closed a note to colleagues"),
    "passage note reopened": _("opened a note to colleagues again"),
    "override asked": _("asked for an override of the gate"),
    "override": _("overrode the gate"),
    "gate overridden": _("published by an override of the gate"),
    "held": _("held a scheduled article"),
    "first": _("published"),
    "minor": _("published a minor edit"),
    "update": _("published an update"),
    "correction": _("published a correction"),
    "relabel": _("began to mark anew"),
    "relabel stopped": _("stopped marking anew"),
    "relabel resumed": _("went on marking anew"),
    "registers applied": _("applied the registers"),
    "registers discarded": _("discarded what waited"),
    "register imported": _("imported a register"),
    "entries merged": _("merged two entries of the registers"),
    "entry separated": _("separated an entry of the registers"),
    "list taken": _("took a keeper's file"),
    "list answered": _("answered for lines of a keeper's file"),
    "list stored": _("stored a keeper's file"),
    "list checked": _("checked a keeper's file: nothing was new"),
    "list dropped": _("dropped a keeper's file"),
    "never beside": _("said beside which words a person is never meant"),
    "retraction": _("retracted"),
    "withdrawal": _("withdrew"),
    "cancel": _("cancelled the schedule"),
    "preview made": _("made a preview link"),
    "preview used": _("opened a preview link for the first time"),
    "preview ended": _("ended a preview link"),
    "erasure": _("erased a withdrawn article"),
    "account change asked": _("asked for a change of an account that needs two"),
    "account changed by two": _("agreed to the change of an account, which is done"),
    "account change dropped": _("threw away a change of an account"),
    "staff erased": _("cut the link between a user and a pseudonym"),
    "login": _("logged in"),
    "login refused": _("was refused a login"),
    "logout": _("logged out"),
    "account made": _("made an account"),
    "account changed": _("changed an account"),
    "password link sent": _("sent a link to set a password"),
    "password set": _("set a password by a link"),
    "settings added": _("added to the settings"),
    "settings changed": _("changed the settings"),
    "settings deleted": _("deleted from the settings"),
    "export": _("took a file out"),
    "freeze begun": _("froze the newsroom"),
    "lift agreed": _("agreed to lift the freeze"),
    "freeze lifted": _("lifted the freeze"),
    "held by freeze": _("held a scheduled article while publishing is frozen"),
    "held goes on": _("scheduled an article again that a freeze had held"),
    "front place": _("placed it on the front page"),
    "front place emptied": _("gave its place on the front page back to the rule"),
    "breaking line": _("wrote the breaking line"),
    "breaking line taken": _("took the breaking line away"),
    "held stays": _("could not schedule an article again that a freeze had held"),
}
DETAILS = {
    "account": _("account"),
    "added": _("added"),
    "after": _("after"),
    "always": _("always"),
    "answer": _("answer"),
    "articles": _("articles"),
    "batch": _("relabel"),
    "before": _("before"),
    "changed": _("changed"),
    "edition": _("edition"),
    "ending": _("how"),
    "ended": _("ended"),
    "entry": _("entry of a register"),
    "forced": _("stored in spite of warnings, because"),
    "link": _("link"),
    "live_at": _("visible from"),
    "mentions": _("mentions"),
    "merged": _("merged into it"),
    "names": _("names"),
    "note": _("note"),
    "organizations": _("entries"),
    "number": _("number of the article"),
    "original": _("number of the other article"),
    "override": _("override of the gate"),
    "passage_note": _("number of the note to colleagues"),
    "questions": _("questions"),
    "reason": _("reason"),
    "register": _("register"),
    "restored": _("from version"),
    "separated": _("separated from it"),
    "surface": _("name"),
    "suspicious": _("suspicious"),
    "left_out": _("left out"),
    "unchanged": _("unchanged"),
    "version": _("version"),
    "what": _("what"),
    "doubtful": _("to be told by a person"),
    "file": _("keeper's file"),
    "gone": _("gone from the list"),
    "line": _("line"),
    "lines": _("lines"),
    "open": _("open questions"),
    "stopped": _("stopped"),
    "given": _("roles given"),
    "taken": _("roles taken away"),
    "opened": _("account opened"),
    "closed": _("account closed"),
    "fields": _("fields"),
    "login": _("login name"),
    "times": _("how often"),
    "record": _("what"),
    "scope": _("what stands still"),
    "language": _("language"),
    "place": _("place"),
    "category": _("category"),
    "position": _("which of them"),
    "text": _("text"),
    "until": _("holds until"),
}
VALUES = (
    dict(Article.STATES)
    | dict(MentionDecision.ANSWERS)
    | dict(PreviewToken.ENDINGS)
    | dict(Freeze.SCOPES)
    | dict(AccountChange.KINDS)
    | {kind.name: kind.label for kind in PLACE_KINDS.values()}
    | dict(LANGUAGES)
)


class KindFilter(admin.SimpleListFilter):
    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        hidden = frozenset() if request.user.has_perm("articles.audit_event") else AUDITED
        kinds = ((key, str(label)) for key, label in KINDS.items() if key not in hidden)
        return sorted(kinds, key=lambda one: one[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> QuerySet[Event]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


def in_words(key: str, value: Any) -> str:
    """Return one detail as people read it: its name, and its value without the marks of a program."""
    if isinstance(value, list):
        shown = ", ".join(map(str, value))
    elif isinstance(value, bool):
        shown = str(_("yes") if value else _("no"))
    elif key in ("live_at", "until"):
        moment = parse_datetime(str(value))
        shown = localize(localtime(moment)) if moment else str(value)
    else:
        shown = str(VALUES.get(value, value))
    return f"{DETAILS.get(key, key)}: {shown}"


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ("at", "what", "article", "who", "whose", "details")
    list_filter = (KindFilter,)
    list_select_related = ("article", "staff__user", "about__user")
    search_fields = ("article__headline", "kind")
    fields = ("at", "what", "article", "who", "whose", "details")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        """Show accounts, logins, settings and what was taken out to those who audit."""
        events = super().get_queryset(request)
        return events if request.user.has_perm("articles.audit_event") else events.exclude(kind__in=AUDITED)

    @display(description=_("what"), ordering="kind")
    def what(self, event: Event) -> str:
        return str(KINDS.get(event.kind, event.kind))

    @display(description=_("details"))
    def details(self, event: Event) -> str:
        return "; ".join(in_words(key, value) for key, value in event.detail.items() if value not in ("", None))

    @display(description=_("who"))
    def who(self, event: Event) -> str:
        return name_of(event.staff)

    @display(description=_("whose account"))
    def whose(self, event: Event) -> str:
        return name_of(event.about) if event.about else ""
