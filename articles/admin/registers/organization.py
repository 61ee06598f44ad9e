"""Who is designated, bodies and persons: the names they are found by, and the designations with their periods."""

import re
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.decorators import display

from articles.models import Designation, Name, Organization
from articles.registers import PARTS

from ..articles.article_list import mentioning
from .compiling import CompilingAdmin
from .entry_form import EntryForm, PeriodFormSet, full_name
from .name_form import NameForm, NameFormSet
from .never_beside import NEVER, NeverViews
from .try_name import TryViews

CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
JUDGED = {"text", "language", "strength", "inflection", "kind", "more"}


class NameInline(TabularInline):
    model = Name
    form = NameForm
    formset = NameFormSet
    extra = 0
    fields = ("text", "language", "kind", "strength", "inflection", "more", "review", "position")
    hide_title = True
    ordering_field = "position"
    hide_ordering_field = True


class DesignationInline(TabularInline):
    model = Designation
    formset = PeriodFormSet
    extra = 0
    hide_title = True
    fields = ("register", "designated_from", "designated_until", "in_words", "source")
    readonly_fields = ("in_words",)

    @display(description=_("that is"))
    def in_words(self, designation: Designation) -> str:
        """Return the period as a sentence: an unknown start is called so, the end is the first day free of it."""
        if not designation.pk:
            return ""
        since, until = designation.designated_from, designation.designated_until
        begin = _("from %s") % date_format(since, "j E Y") if since else _("start unknown: counts on every day")
        return f"{begin}, " + _("until the day before %s") % date_format(until, "j E Y") if until else str(begin)


@admin.register(Organization)
class OrganizationAdmin(TryViews, NeverViews, CompilingAdmin):
    form = EntryForm
    list_display = ("key", "first_name", "kind", "in_force")
    list_filter = ("kind", "designations__register", "names__strength")
    search_fields = ("key", "names__text", "family", "given", "patronymic")
    search_help_text = _("Part of a name or of the key")
    fieldsets = (
        (None, {"fields": (("key", "kind"), "mentioned")}),
        (
            _("A person"),
            {
                "fields": (("family", "given"), ("patronymic", "gender"), ("surname", "never_beside")),
                "description": _(
                    "Of a person only the name is kept: no birth date, no number, no address. Below stand the names "
                    "that keepers print, other spellings and pseudonyms; forms and transliterations come by themselves."
                ),
            },
        ),
    )
    readonly_fields = ("never_beside", "never_words", "mentioned")
    actions_detail = ("try_one", "never_one")
    inlines = (NameInline, DesignationInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organization]:
        today = timezone.localdate()
        return (
            super()
            .get_queryset(request)
            .prefetch_related("names", Prefetch("designations", in_force(today), to_attr="standing"))
        )

    def get_fieldsets(self, request: HttpRequest, obj: Organization | None = None) -> Any:
        """Show the words beside which a person is never meant without the link to those who may not change them."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        first, (title, options) = fieldsets
        rows = [tuple("never_words" if one == "never_beside" else one for one in row) for row in options["fields"]]
        return [first, (title, options | {"fields": rows})]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """A name that a person has written or judged is reviewed by hand: no import changes it any more."""
        for inline in formset.forms if formset.model is Name else ():
            if JUDGED.intersection(inline.changed_data):
                inline.instance.review = "hand"
        super().save_formset(request, form, formset, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Give a person without any name the full one, as keepers print it."""
        super().save_related(request, form, formsets, change)
        entry = form.instance
        tell_of_old_name(request, entry, form)
        if entry.is_person and not entry.names.exists():
            text = full_name(entry)
            language = "ru" if CYRILLIC.search(text) else "en"
            Name.objects.create(organization=entry, text=text, language=language, review="hand")

    @display(description=_("never this person beside"))
    def never_beside(self, entry: Organization) -> str:
        if not (entry.pk and entry.is_person):
            return "–"
        address = reverse(NEVER, args=[entry.pk])
        words = self.never_words(entry)
        return format_html('{} · <a href="{}" class="underline">{}</a>', words, address, _("try and change"))

    @display(description=_("never this person beside"))
    def never_words(self, entry: Organization) -> str:
        return "; ".join(entry.not_beside) or str(_("nothing yet")) if entry.is_person else "–"

    @display(description=_("articles that mention it"))
    def mentioned(self, entry: Organization) -> str:
        """Lead to the articles that readers see, or will see, with a mark for this entry."""
        if not entry.pk:
            return "–"
        address = reverse("admin:articles_article_changelist") + "?" + urlencode({"mentions": entry.key})
        return format_html('<a href="{}" class="underline">{}</a>', address, mentioning(entry.key).count())

    @display(description=_("name"))
    def first_name(self, organization: Organization) -> str:
        return organization.shown_name()

    @display(description=_("in force"), label=True)
    def in_force(self, organization: Organization) -> list[str]:
        return sorted({item.register.key for item in organization.standing})  # type: ignore[attr-defined]


def tell_of_old_name(request: HttpRequest, entry: Organization, form: EntryForm) -> None:
    """Say that the full name as it was stands among the names: it goes on being marked, former or misspelt."""
    if not entry.is_person or not set(PARTS).intersection(form.changed_data):
        return
    old = " ".join(filter(None, (form.initial.get(part) for part in ("family", "given", "patronymic"))))
    if old != full_name(entry) and entry.names.filter(text=old).exists():
        messages.warning(
            request,
            gettext("“%(name)s” stands among the names as before. Leave it as a former name, or correct it there.")
            % {"name": old},
        )


def in_force(today: date) -> QuerySet[Designation]:
    return Designation.objects.in_force(today).select_related("register")
