"""Layouts of keepers' lists: looked at, copied, drawn up by pointing at the columns of a table."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from unfold.decorators import display
from unfold.widgets import UnfoldAdminFileFieldWidget

from articles.interchange.keeper.layouts import title_of
from articles.lists.drawing import Unfit, heading_of
from articles.lists.grid import Grid
from articles.lists.layouts import Layout, layout_of
from articles.lists.preview import preview
from articles.lists.read import MOST_BYTES
from articles.lists.refused import NoList
from articles.models import ListLayout, Register
from articles.publishing.roles import staff_id

from ...base import ReadOnlyAdmin, editor_of, name_of
from ..pending import View, for_keepers
from . import words
from .pointing import Pointing, PointingForm, began, choices, packed, trial

LAYOUTS = "admin:articles_listlayout_changelist"
MOST_NAMED = 200  # layouts of one register


class LookForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=UnfoldAdminFileFieldWidget,
        help_text=gettext_lazy("A table as the keeper published it: XLSX, ODS, a page (HTML) or CSV. It is not kept."),
    )


@admin.register(ListLayout)
class ListLayoutAdmin(ReadOnlyAdmin):
    list_display = ("called", "register", "form_name", "origin", "made_by_name")
    list_filter = ("register", "is_shipped")
    list_select_related = ("register", "made_by__user")
    ordering = ("is_shipped", "title")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("articles.change_register")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("articles.change_register")

    def get_urls(self) -> list[URLPattern]:
        def wrap(view: View) -> View:
            return self.admin_site.admin_view(for_keepers(view))

        return [
            path("try/", wrap(require_POST(self.try_view)), name="articles_listlayout_try"),
            path("keep/", wrap(require_POST(self.keep_view)), name="articles_listlayout_keep"),
            path("<int:pk>/copy/", wrap(require_POST(self.copy_view)), name="articles_listlayout_copy"),
            path("<int:pk>/remove/", wrap(require_POST(self.remove_view)), name="articles_listlayout_remove"),
            *super().get_urls(),
        ]

    def page(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        common = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, f"admin/articles/registers/lists/{template}.html", common | context)

    @display(description=gettext_lazy("title"), ordering="title")
    def called(self, row: ListLayout) -> str:
        return title_of(row)

    @display(description=gettext_lazy("read from"))
    def form_name(self, row: ListLayout) -> str:
        return str(words.FORMS.get(row.data.get("form", ""), ""))

    @display(description=gettext_lazy("origin"), label={"shipped": "info", "own": "success"})
    def origin(self, row: ListLayout) -> tuple[str, str]:
        return ("shipped", _("shipped")) if row.is_shipped else ("own", _("drawn up here"))

    @display(description=gettext_lazy("who"))
    def made_by_name(self, row: ListLayout) -> str:
        return "" if row.is_shipped else name_of(row.made_by)

    # Point at the columns.

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Take a file, show its first rows, and forget it."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        base = base_of(request.GET.get("base") or request.POST.get("base"))
        form = LookForm(request.POST or None, request.FILES or None)
        context: dict[str, Any] = {"title": _("Point at the columns"), "form": form, "base": base}
        context["base_pk"] = str(base.pk) if base else ""
        if request.method == "POST" and form.is_valid():
            context |= begin(form.cleaned_data["file"], base, request.POST.get("register", ""))
        return self.page(request, "draw", **context)

    def try_view(self, request: HttpRequest) -> HttpResponse:
        """Show what the first rows would give: a part of the page, or the page with it."""
        pointing, form = Pointing.posted(request.POST), PointingForm(request.POST)
        part = "HX-Request" in request.headers
        if pointing is None:
            return self.page(request, "_tried" if part else "draw", **lost(), form=LookForm())
        context = drawn(pointing, form, request.POST.get("base", ""))
        return self.page(request, "_tried" if part else "draw", title=_("Point at the columns"), **context)

    def keep_view(self, request: HttpRequest) -> HttpResponse:
        """Keep the layout; what is wrong stands beside it."""
        pointing, form = Pointing.posted(request.POST), PointingForm(request.POST)
        part = "HX-Request" in request.headers
        if pointing is None:
            return self.page(request, "_beneath" if part else "draw", **lost(), form=LookForm())
        if form.is_valid():
            try:
                row = keep(pointing, form.cleaned_data, base_of(request.POST.get("base")), request)
            except Unfit as unfit:
                for one in unfit.faults:
                    form.add_error(None, words.fault(one))
            else:
                if part:
                    return self.page(request, "_kept", layout=row)
                messages.success(request, _("The layout “%(title)s” is kept.") % {"title": row.title})
                return redirect(f"{reverse('admin:articles_listfile_add')}?layout={row.pk}")
        context = drawn(pointing, form, request.POST.get("base", ""))
        return self.page(request, "_beneath" if part else "draw", title=_("Point at the columns"), **context)

    # Look at one, copy it, take it away.

    def found(self, pk: int | str) -> ListLayout:
        row = ListLayout.objects.filter(pk=pk).select_related("register", "made_by__user").first()
        if row is None:
            raise Http404
        return row

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_view_permission(request) or request.method == "POST":
            raise PermissionDenied
        if not object_id.isdecimal() or len(object_id) > 18:
            raise Http404
        row = self.found(object_id)
        return self.page(request, "layout", title=title_of(row), row=row, **told(row), who=name_of(row.made_by))

    def copy_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Copy a layout, so that the copy can be pointed at another file."""
        row = self.found(pk)
        title = _("%(title)s (copy)") % {"title": title_of(row)}
        copy = stored(row.data, title[:120], row.register, request)
        messages.success(request, _("Copied. Point the copy at a file to change what its columns hold."))
        return redirect("admin:articles_listlayout_change", copy.pk)

    def remove_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take a layout of our own away; files that were read with it keep their history."""
        row = self.found(pk)
        if row.is_shipped:
            raise PermissionDenied
        row.delete()
        messages.success(request, _("The layout is removed. What was read with it stays."))
        return redirect(LAYOUTS)


def base_of(pk: Any) -> ListLayout | None:
    """Return the layout that is pointed at anew."""
    text = str(pk or "")
    return ListLayout.objects.filter(pk=text).first() if text.isdecimal() and len(text) <= 18 else None


def lost() -> dict[str, Any]:
    """Say that the page was open too long."""
    return {"problem": _("This page was open too long, or was changed: choose the file once more."), "title": ""}


def begin(file: UploadedFile, base: ListLayout | None, register: str = "") -> dict[str, Any]:
    """Return the context of a preview with the first proposal, or the problem that the file has."""
    try:
        grid = preview(file.read(MOST_BYTES + 1))
    except NoList as refused:
        return {"problem": words.fault(refused.fault)}
    return begin_with(grid, base, register)


def begin_with(grid: Grid, base: ListLayout | None, register: str = "") -> dict[str, Any]:
    """Return the context of a preview with the first proposal."""
    known = layout_of(base.data) if base else None
    pointing = Pointing.begun(grid, known)
    initial = {
        "title": base.title if base and not base.is_shipped else "",
        "register": (base.register_id if base else None) or register,
        "kind": known.kind if known else "",
        "since_from": known.since_from if known else began(pointing.roles),
        "aliases_as": known.aliases_as if known else "",
    }
    return drawn(pointing, PointingForm(initial=initial), str(base.pk) if base else "")


def drawn(pointing: Pointing, form: PointingForm, base: str) -> dict[str, Any]:
    """Return the context of the page on which one points."""
    return {
        "pointing": pointing,
        "pointing_form": form,
        "choices": choices(),
        "grid": packed(pointing.grid),
        "base_pk": base,
        "trial": trial(pointing, form),
    }


def keep(pointing: Pointing, cleaned: dict[str, Any], base: ListLayout | None, request: HttpRequest) -> ListLayout:
    """Store what was pointed at: over a layout of our own that one began with, else as a new one. Raises Unfit."""
    register: Register = cleaned["register"]
    data = pointing.data(
        name=base.name if base and not base.is_shipped else "new",
        register=register.key,
        title={"en": cleaned["title"], "ru": cleaned["title"]},
        jurisdiction=register.jurisdiction,
        status=register.status,
        kind=cleaned["kind"],
        since_from=cleaned["since_from"],
        aliases_as=cleaned["aliases_as"],
    )
    if base and not base.is_shipped:
        base.title, base.register, base.data = cleaned["title"], register, data
        base.made_at, base.made_by = timezone.now(), staff_id(editor_of(request))
        base.save()
        return base
    return stored(data, cleaned["title"], register, request)


def stored(data: dict[str, Any], title: str, register: Register | None, request: HttpRequest) -> ListLayout:
    """Store a layout under the first name that is free."""
    stem = register.key if register else "table"
    for number in range(1, MOST_NAMED):
        name = f"{stem}-{number}"
        try:
            with transaction.atomic():
                return ListLayout.objects.create(
                    name=name,
                    title=title,
                    register=register,
                    data=data | {"name": name},
                    is_shipped=False,
                    made_at=timezone.now(),
                    made_by=staff_id(editor_of(request)),
                )
        except IntegrityError:
            continue
    raise IntegrityError(f"more than {MOST_NAMED} layouts of {stem}")


def told(row: ListLayout) -> dict[str, Any]:
    """Return what a layout says, in words."""
    layout: Layout = layout_of(row.data)
    return {
        "called": title_of(row),
        "form_name": words.FORMS[layout.form],
        "columns": [
            {"role": words.ROLES[role], "headings": [heading_of(one) for one in patterns], "must": role in layout.must}
            for role, patterns in layout.columns.items()
        ],
        "kind_name": words.KINDS.get(layout.kind, ""),
        "begins": words.IN_FORCE.get(layout.since_from, ""),
        "titles": layout.recognize,
        "blocks": sorted(layout.blocks),
    }
