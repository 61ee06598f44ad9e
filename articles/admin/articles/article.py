"""Articles: the working copy that editors write, with its mentions, its preview and its publishing beside it."""

import html
from typing import Any

from django.contrib import admin
from django.db.models import Field
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.decorators import display

from articles import editions, publishing
from articles.editions.figures import FIGURE
from articles.models import Article, Byline
from articles.models.languages import desk_used
from articles.models.printed import WRITTEN
from articles.publishing.roles import may_edit, staff_id

from ..base import editor_of, without
from .article_form import ArticleForm
from .article_list import COLOURS, STATUSES, ArticleChangeList, MentionsFilter, NotesFilter, StatusFilter
from .beside import BesideAdmin
from .figures.fields import in_words
from .history.difference import part_words
from .notes.views import NotesAdmin
from .photo import picture
from .tools import ToolsAdmin
from .typesetting import TypesettingAdmin
from .word_files import WordAdmin


def zone_note() -> str:
    """Name the zone in which times are typed: a person's own clock may stand in another one."""
    zone = timezone.get_current_timezone_name()
    return gettext("Times are given in the newsroom's zone: %(zone)s.") % {"zone": zone}


ZONE = lazy(zone_note, str)()

# The printed texts that have their place under another heading of the form; every other one stands on top of it.
PLACED = ("photo_caption", "photo_alt", "origin_outlet", "translator", "source_line")
STORY = [name for column in WRITTEN if column not in PLACED for name in (column, *(["slug"] * (column == "headline")))]


class BylineInline(TabularInline):
    model = Byline
    extra = 0
    autocomplete_fields = ("author",)
    fields = ("author", "position")
    ordering_field = "position"
    hide_ordering_field = True


def read_only_text(escaped: str) -> str:
    """Show the text as text to those who may not change it."""
    clean = FIGURE.sub(
        lambda figure: f"<p>[{part_words(figure[0][1:])}]</p>", editions.clean_html(html.unescape(escaped))
    )
    return format_html('<div class="read-only-text">{}</div>', mark_safe(clean))


def read_only_words(escaped: str) -> str:
    return in_words(html.unescape(escaped))


@admin.register(Article)
class ArticleAdmin(WordAdmin, TypesettingAdmin, NotesAdmin, ToolsAdmin, BesideAdmin):
    form = ArticleForm
    warn_unsaved_form = False  # typed.js knows what would be lost
    list_display = ("titled", "status_label", "language", "category", "dated", "updated_at")
    list_filter = (StatusFilter, "language", "category", NotesFilter, MentionsFilter)
    list_select_related = ("category",)
    search_fields = ("headline", "slug")
    search_help_text = _("Words of the headline, or the address part")
    ordering = ("-updated_at", "-pk")
    autocomplete_fields = ("lead_photo", "regions", "topics", "origin_article")
    readonly_fields = ("photo_now",)
    readonly_preprocess_fields = {"body": read_only_text, "figure_texts": read_only_words}
    inlines = (BylineInline,)
    fieldsets = (
        (None, {"fields": (("language", "category"), *STORY, "figure_texts", "seen_version")}),
        (_("Photo"), {"fields": ("photo_now", ("lead_photo", "new_photo"), "photo_caption", "photo_alt")}),
        (_("Rubrics"), {"fields": (("regions", "topics"),)}),
        (_("Dates"), {"description": ZONE, "fields": ("dated_at", "embargo_until")}),
        (
            _("Origin and source"),
            {
                "description": _(
                    "Once a field of the origin, the translator or the way of translating is filled in, the article "
                    "counts as a translation. It goes out only with its origin: a link to the original here, or the "
                    "outlet and the time of its first publication."
                ),
                "fields": (
                    "origin_article",
                    ("origin_outlet", "origin_url"),
                    "origin_published_at",
                    ("origin_zone", "source_line"),
                    ("translator", "translation_method"),
                ),
            },
        ),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        """Ask for the language only where there is a choice, or where it has to be chosen anew."""
        fieldsets = super().get_fieldsets(request, obj)
        used = desk_used()
        if len(used) > 1 or (obj is not None and obj.language not in used):
            return fieldsets
        return [(name, options | {"fields": without(options["fields"], {"language"})}) for name, options in fieldsets]

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """Show the language where there are several."""
        return [column for column in super().get_list_display(request) if column != "language" or len(desk_used()) > 1]

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """Filter by the language where there are several."""
        return [one for one in super().get_list_filter(request) if one != "language" or len(desk_used()) > 1]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ArticleChangeList]:
        return ArticleChangeList

    def get_prepopulated_fields(self, request: HttpRequest, obj: Article | None = None) -> dict[str, tuple[str, ...]]:
        return {} if obj else {"slug": ("headline",)}

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """A reporter changes only drafts they began."""
        if not super().has_change_permission(request, obj):
            return False
        return obj is None or may_edit(editor_of(request), obj)

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "summary":
            formfield.widget.attrs["rows"] = 3
        return formfield

    def save_model(self, request: HttpRequest, obj: Article, form: ArticleForm, change: bool) -> None:
        self.begin(request, obj)
        form.store_photo()
        if not change:
            obj.created_by = staff_id(editor_of(request))
        if not change or form.has_changed():
            super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: ArticleForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not change:
            publishing.keep_first_version(form.instance, by=editor_of(request), at=timezone.now())
        elif form.has_changed() or any(formset.has_changed() for formset in formsets):
            publishing.keep_version(form.instance, by=editor_of(request), at=timezone.now())
        self.end_slot(request, form.instance)

    @display(description=_("headline"), ordering="headline")
    def titled(self, article: Article) -> str:
        """The headline, who has the form open now, and how many notes to colleagues are open."""
        names, notes = getattr(article, "at_work", []), getattr(article, "open_notes", 0)
        said = [gettext("open now: %(names)s") % {"names": ", ".join(names)}] if names else []
        said += [ngettext("%(number)d open note", "%(number)d open notes", notes) % {"number": notes}] if notes else []
        told = format_html_join("", ' <span class="at-work">{}</span>', ((one,) for one in said))
        return format_html("{}{}", article.headline, told)

    @display(description=_("status"), label=COLOURS)
    def status_label(self, article: Article) -> tuple[str, str]:
        now = getattr(article, "status_now", None) or publishing.status(article, timezone.now())
        return now, str(STATUSES.get(now, now))

    @display(description=_("publication date"))
    def dated(self, article: Article) -> Any:
        return getattr(article, "dated_now", None)

    @display(description=_("lead photo now"))
    def photo_now(self, article: Article) -> str:
        return picture(article.lead_photo, "picture") if article.lead_photo else str(_("none"))
