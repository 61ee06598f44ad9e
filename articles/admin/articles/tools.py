"""What the editor's tools are told by the page: where own articles are found, how long a headline may be before others
cut it, and which keys do what. The tools themselves are the scripts in `static/articles/editor-tools`."""

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.editions.attributes import MOST_PHOTOS
from articles.embeds.hosts import POST_HOSTS

from .links import OwnLinksAdmin


class Cutter(NamedTuple):
    """`shown`: how many characters (as people count them) are shown, about; `name`: where, as part of a sentence."""

    shown: int
    name: str | Promise


class LengthHint(NamedTuple):
    """What stands beneath a field; `id`, `data_id`: of the hint and of its places in the page."""

    field: str
    places: tuple[Cutter, ...]
    id: str
    data_id: str


# No rule, and no keeper of one: search engines and messengers cut by width, these are where they mostly do. Nothing is
# refused for its length.
LENGTHS: dict[str, tuple[Cutter, ...]] = {
    "headline": (Cutter(60, _("in a search result")), Cutter(90, _("in a card in Telegram"))),
    "summary": (Cutter(160, _("in a search result")), Cutter(200, _("in a card in Telegram"))),
}
WORDS_A_MINUTE = 180  # of a text read silently, Russian or English, rounded down


class Shortcut(NamedTuple):
    """`keys`: as the editor names them, "Mod" for Ctrl or ⌘; several that do the same, parted by blanks."""

    keys: str
    does: str | Promise


class ShortcutGroup(NamedTuple):
    title: str | Promise
    rows: tuple[Shortcut, ...]


SHORTCUTS = (
    ShortcutGroup(
        _("On this page"),
        (
            Shortcut("Mod-s", _("save the article")),
            Shortcut("?", _("show these keys (outside of a field)")),
            Shortcut("Mod-f", _("find and replace; once more: the browser's own search")),
            Shortcut("Mod-Shift-f", _("write on the whole screen, and back")),
            Shortcut("Escape", _("close what is open, leave the whole screen")),
        ),
    ),
    ShortcutGroup(
        _("In the find bar"),
        (
            Shortcut("Enter", _("next hit; in the lower field: replace this one")),
            Shortcut("Shift-Enter", _("the hit before")),
        ),
    ),
    ShortcutGroup(
        _("At a name that is underlined"),
        (
            Shortcut("Alt-1", _("mark it; for advice on style: take the suggestion")),
            Shortcut("Alt-2", _("it is not the one listed")),
        ),
    ),
    ShortcutGroup(
        _("Words"),
        (
            Shortcut("Mod-b", _("bold")),
            Shortcut("Mod-i", _("italic")),
            Shortcut("Mod-Shift-s", _("struck through")),
            Shortcut("Mod-,", _("lowered")),
            Shortcut("Mod-.", _("raised")),
            Shortcut("Mod-k", _("link, also to an own article")),
        ),
    ),
    ShortcutGroup(
        _("Photos in the text"),
        (
            Shortcut("Mod-Alt-p", _("put photos in")),
            Shortcut("Enter", _("at photos: their words and their place")),
            Shortcut("Alt-ArrowUp Alt-ArrowDown", _("at photos: move them up or down")),
        ),
    ),
    ShortcutGroup(
        _("Paragraphs"),
        (
            Shortcut("Mod-Alt-0", _("plain paragraph")),
            Shortcut("Mod-Alt-2", _("heading 2")),
            Shortcut("Mod-Alt-3", _("heading 3")),
            Shortcut("Mod-Shift-8", _("list with bullets")),
            Shortcut("Mod-Shift-7", _("numbered list")),
            Shortcut("Mod-Shift-b", _("quotation")),
            Shortcut("Shift-Enter Mod-Enter", _("new line in the same paragraph")),
            Shortcut("Tab", _("in a list: one level deeper; in a table: next cell")),
            Shortcut("Shift-Tab", _("in a list: one level up; in a table: the cell before")),
        ),
    ),
    ShortcutGroup(
        _("Undo"),
        (
            Shortcut("Mod-z", _("undo")),
            Shortcut("Shift-Mod-z Mod-y", _("redo")),
        ),
    ),
)


class ToolsAdmin(OwnLinksAdmin):
    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["lengths"] = [
            LengthHint(field, places, f"length-{field}", f"places-{field}") for field, places in LENGTHS.items()
        ]
        context["words_a_minute"] = WORDS_A_MINUTE
        context["shortcuts"] = SHORTCUTS
        context["most_photos"] = MOST_PHOTOS
        context["may_upload_photos"] = request.user.has_perm("articles.add_photo")
        if request.user.has_perm("articles.add_keptpost"):
            context["post_hosts"] = " ".join(sorted(POST_HOSTS))
        return super().render_change_form(request, context, *args, **kwargs)
