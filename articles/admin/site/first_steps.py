"""The first steps at the desk: one page that asks what a newsroom begins with, and shows the first passwords once."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from articles.models import Site
from articles.models.fields import TextEntry
from articles.models.languages import ALL, columns
from articles.models.site import PUBLISHED_IN
from articles.publishing import Refused
from articles.publishing.beginning import Beginning, begin_newsroom, may_begin, read_accounts, starter_jurisdictions


def label(column: str) -> str:
    """Return what a column of the outlet is called at the desk."""
    found: Any = Site._meta.get_field(column)
    return capfirst(str(found.verbose_name))


class FirstStepsForm(forms.Form):
    languages = forms.ChoiceField(
        choices=PUBLISHED_IN, initial=ALL, label=gettext_lazy("Languages"), widget=UnfoldAdminSelectWidget
    )
    time_zone = TextEntry(
        max_length=64,
        initial="Europe/Moscow",
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy("A name of the IANA database, such as Europe/Riga."),
        widget=UnfoldAdminTextInputWidget,
    )
    jurisdictions = forms.MultipleChoiceField(
        required=False,
        label=gettext_lazy("Jurisdictions in force"),
        help_text=gettext_lazy("None chosen: registers of all mark."),
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )
    accounts = TextEntry(
        required=False,
        max_length=20_000,
        label=gettext_lazy("First accounts"),
        help_text=gettext_lazy("One a line: login, address, role. Such as: anna, anna@news.example, editor"),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for a name in each language; which are needed, the choice of languages says."""
        super().__init__(*args, **kwargs)
        for name in reversed(columns("name")):
            asked = TextEntry(max_length=120, required=False, label=label(name), widget=UnfoldAdminTextInputWidget)
            self.fields = {name: asked} | self.fields
        self.fields["jurisdictions"].choices = [(one, one) for one in starter_jurisdictions()]  # type: ignore[attr-defined]

    def begin(self) -> dict[str, str]:
        """Begin the newsroom; return the first passwords, or nothing, with what is wrong at its field."""
        given = self.cleaned_data
        names = {name: given[name] for name in columns("name")}
        try:
            accounts = read_accounts(given["accounts"])
            beginning = Beginning(names, given["languages"], given["time_zone"], given["jurisdictions"], accounts)
            return begin_newsroom(beginning, at=timezone.now())
        except Refused as refused:
            self.add_error(refused.field if refused.field in self.fields else None, str(refused))
            return {}


class FirstSteps:
    """What the outlet's admin has beside its form."""

    admin_site: admin.AdminSite

    def get_urls(self) -> list[URLPattern]:
        view = never_cache(self.admin_site.admin_view(self.first_steps_view))
        return [path("first-steps/", view, name="articles_site_first_steps"), *super().get_urls()]  # type: ignore[misc]

    def first_steps_view(self, request: HttpRequest) -> HttpResponse:
        """Ask; when it is answered, begin, and show the passwords, which nobody can ask for again."""
        if not all(request.user.has_perm(f"{name}") for name in ("articles.add_site", "auth.add_user")):
            raise PermissionDenied
        form, passwords, begun = FirstStepsForm(request.POST or None), {}, False
        if request.method == "POST" and form.is_valid():
            passwords = form.begin()
            begun = not form.errors
        context = {
            **self.admin_site.each_context(request),
            "title": _("First steps"),
            "form": form,
            "passwords": passwords,
            "begun": begun,
            "may_begin": may_begin(),
        }
        return TemplateResponse(request, "admin/articles/first_steps.html", context)
