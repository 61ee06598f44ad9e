"""Who is designated, bodies and persons: the names they are found by, and the designations with their periods."""

import re
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from articles.models import Designation, Name, Organization

from ..articles.article_list import mentioning
from .compiling import CompilingAdmin
from .entry_form import EntryForm, full_name
from .inlines import DesignationInline, NameInline, PagedViews, ResourceInline
from .never_beside import NEVER, NeverViews
from .paged import as_id
from .separating import SeparateViews
from .try_name import TryViews

CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


@admin.register(Organization)
class OrganizationAdmin(PagedViews, TryViews, NeverViews, SeparateViews, CompilingAdmin):
    form = EntryForm
    list_display = ("key", "first_name", "kind", "in_force")
    list_filter = ("kind", "designations__register", "names__strength")
    search_fields = ("key", "merged__key", "names__text", "family", "given", "patronymic")
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
    readonly_fields = ("never_beside", "mentioned")
    actions_detail = ("try_one", "never_one", "merge_one", "separate_one")
    inlines = (NameInline, DesignationInline, ResourceInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organization]:
        today = timezone.localdate()
        return (
            super()
            .get_queryset(request)
            .filter(merged_into=None)
            .prefetch_related("names", Prefetch("designations", in_force(today), to_attr="standing"))
        )

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        """Lead from the page of an entry that was merged into another to that one's."""
        number = as_id(object_id)
        merged = Organization.objects.filter(pk=number, merged_into__isnull=False).first() if number else None
        if merged is None:
            missing: HttpResponse = super()._get_obj_does_not_exist_redirect(request, opts, object_id)
            return missing
        messages.info(request, _("“%s” was merged into this entry.") % merged.key)
        return redirect("admin:articles_organization_change", merged.merged_into_id)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Give a person without any name the full one, as keepers print it."""
        super().save_related(request, form, formsets, change)
        entry = form.instance
        if entry.is_person and not entry.names.exists():
            text = full_name(entry)
            language = "ru" if CYRILLIC.search(text) else "en"
            Name.objects.create(organization=entry, text=text, language=language, review="hand")

    @display(description=_("never this person beside"))
    def never_beside(self, entry: Organization) -> str:
        if not (entry.pk and entry.is_person):
            return "–"
        words = "; ".join(entry.not_beside) or _("nothing yet")
        address = reverse(NEVER, args=[entry.pk])
        return format_html('{} · <a href="{}" class="underline">{}</a>', words, address, _("try and change"))

    @display(description=_("articles that mention it"))
    def mentioned(self, entry: Organization) -> str:
        """Lead to the articles that readers see, or will see, with a mark for this entry."""
        if not entry.pk:
            return "–"
        address = reverse("admin:articles_article_changelist") + "?" + urlencode({"mentions": entry.key})
        if not hasattr(entry, "_mentioned"):  # the form's page asks five times
            entry._mentioned = mentioning(entry.key).count()  # type: ignore[attr-defined]
        return format_html('<a href="{}" class="underline">{}</a>', address, entry._mentioned)  # type: ignore[attr-defined]

    @display(description=_("name"))
    def first_name(self, organization: Organization) -> str:
        return organization.shown_name()

    @display(description=_("in force"), label=True)
    def in_force(self, organization: Organization) -> list[str]:
        return sorted({item.register.key for item in organization.standing})  # type: ignore[attr-defined]


def in_force(today: date) -> QuerySet[Designation]:
    return Designation.objects.in_force(today).select_related("register")
