"""The outlet's own settings: names, languages, zone, own organization, house style. One row, opened at once."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from articles.editions import NOTICE
from articles.footnotes.statuses import NOTICED
from articles.models import Register, Site
from articles.models.languages import KNOWN, codes_of, columns
from articles.publishing import CHOICES
from articles.publishing.beginning import may_begin
from articles.publishing.languages import kept_in, may_give_up, shown_in
from articles.publishing.relabel import follow_house

from ..base import NewsroomAdmin, editor_of
from ..registers.compiling import tell
from ..storing import FormOutdated
from . import handbook
from .first_steps import FirstSteps
from .languages import InStepForm, InUsedLanguages

PRINTED = frozenset({"publisher", "own_notice_name", "glyphs", "mentions", "time_zone", "listed_authors"})


class OutletForm(InStepForm):
    jurisdictions = forms.MultipleChoiceField(
        help_text=Site._meta.get_field("jurisdictions").help_text,
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )

    required_points = forms.MultipleChoiceField(
        help_text=Site._meta.get_field("required_points").help_text,
        required=False,
        choices=CHOICES,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for the names in the languages that are chosen only."""
        super().__init__(*args, **kwargs)
        chosen = codes_of(str(self.data.get("languages", "")))
        for column in set(columns("name")) - set(columns("name", chosen)):
            if column in self.fields:
                self.fields[column].required = False
        self.fields["jurisdictions"].label = capfirst(str(Site._meta.get_field("jurisdictions").verbose_name))
        self.fields["required_points"].label = capfirst(str(Site._meta.get_field("required_points").verbose_name))
        known = {*Register.objects.values_list("jurisdiction", flat=True), *self.instance.jurisdictions}
        self.fields["jurisdictions"].choices = [(one, one) for one in sorted(known)]  # type: ignore[attr-defined]

    def clean_listed_authors(self) -> str:
        """Refuse a notice of which no register has the text: nothing would be printed, and nobody told."""
        chosen: str = self.cleaned_data["listed_authors"]
        if chosen == NOTICE and not Register.objects.filter(status=NOTICED).exclude(own_notice={}).exists():
            raise ValidationError(
                _("No register of foreign agents has the text of the notice: write it on the register's page first.")
            )
        return chosen

    def clean_languages(self) -> str:
        """Refuse to give up a language in which articles are public or scheduled."""
        chosen: str = self.cleaned_data["languages"]
        for language in given_up(self.instance.languages, chosen):
            number = shown_in(language, timezone.now())
            if number:
                raise ValidationError(
                    ngettext(
                        "%(language)s cannot be left out: %(number)d article in it is public or scheduled. Withdraw "
                        "it or cancel its schedule first.",
                        "%(language)s cannot be left out: %(number)d articles in it are public or scheduled. Withdraw "
                        "them or cancel their schedule first.",
                        number,
                    ),
                    params={"language": KNOWN[language].label, "number": number},
                )
        return chosen


def given_up(before: str, after: str) -> list[str]:
    """Return the languages that one `Site.languages` names and the other does not."""
    return [code for code in codes_of(before) if code not in codes_of(after)]


@admin.register(Site)
class SiteAdmin(FirstSteps, InUsedLanguages, NewsroomAdmin):
    is_setting = True
    form = OutletForm
    autocomplete_fields = ("publisher",)
    fieldsets = (
        (_("Outlet"), {"fields": ("languages", columns("name"), columns("tagline"), "time_zone")}),
        (_("Own entry in a register"), {"fields": ("publisher", "own_notice_name", "listed_authors")}),
        (_("House style"), {"fields": (("glyphs", "mentions"),)}),
        (_("Registers"), {"fields": ("jurisdictions",)}),
        (_("Before publishing"), {"fields": ("required_points",)}),
        (_("Gate"), {"fields": ("hold_on_unclear",)}),
        (_("Desk"), {"fields": ("browser_copies", ("bin_days", "draft_days"), "erase_by_two", "fetch_posts")}),
    )

    def get_urls(self) -> list[URLPattern]:
        """Carry the handbook, too, which has no record of its own and is for everybody."""
        return [*handbook.urls(), *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: Site, form: Any, change: bool) -> None:
        """Let the archive follow what every article prints of the outlet, in the same transaction: both or neither."""
        self.begin(request, obj)
        if change and "languages" in form.changed_data:
            self.change_languages(request, form.initial["languages"], obj.languages)
        super().save_model(request, obj, form, change)
        if not PRINTED.isdisjoint(form.changed_data):
            self.follow(request)
        if "jurisdictions" in form.changed_data:
            transaction.on_commit(lambda: tell(request))

    def change_languages(self, request: HttpRequest, before: str, after: str) -> None:
        """Say what is left of a language that is given up, and what one that is taken up needs.

        Raises FormOutdated, upon which the form is read again, if an article in it has been published meanwhile.
        """
        gone = given_up(before, after)
        if gone and not may_give_up(gone, timezone.now()):
            raise FormOutdated
        for language in gone:
            number = kept_in(language)
            if number:
                text = ngettext(
                    "%(number)d article in a language that is no longer used (%(language)s) stays at the desk and "
                    "cannot be published: ",
                    "%(number)d articles in a language that is no longer used (%(language)s) stay at the desk and "
                    "cannot be published: ",
                    number,
                ) % {"number": number, "language": KNOWN[language].label}
                address = f"{reverse('admin:articles_article_changelist')}?language__exact={language}"
                messages.warning(request, format_html('{}<a href="{}">{}</a>', text, address, _("Articles")))
        for language in given_up(after, before):
            messages.info(
                request,
                _(
                    "From now on the outlet publishes in one more language (%(language)s). Look through its names and "
                    "those of the rubrics and authors: where none was written, the one in the other language stands."
                )
                % {"language": KNOWN[language].label},
            )

    def follow(self, request: HttpRequest) -> None:
        batch = follow_house(by=editor_of(request), at=timezone.now())
        if batch is not None and batch.total:
            messages.info(
                request, _("The archive follows: %(number)d articles are looked at.") % {"number": batch.total}
            )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not Site.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Site | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, str] | None = None) -> HttpResponse:
        """Open the one row instead of a list of one."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        site = Site.objects.first()
        if site is None:
            return redirect("admin:articles_site_first_steps" if may_begin() else "admin:articles_site_add")
        return redirect("admin:articles_site_change", site.pk)
