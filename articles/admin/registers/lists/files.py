"""Keepers' files: the history, and a file's way from the upload to what is stored."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action, display

from articles import publishing
from articles.interchange import Unreadable
from articles.interchange.keeper import take
from articles.lists.preview import preview
from articles.lists.refused import NoList
from articles.models import ListFile, RegisterImport

from ...base import editor_of, name_of
from ..importing import own_file
from .answering import AnswerViews
from .layouts import base_of, begin_with
from .naming import NameViews
from .storing import StoreViews
from .upload import ListForm, Offered, is_ours, register_named, register_of

COLOURS = {"waiting": "warning", "stored": "success", "checked": "info", "dropped": "default"}


@admin.register(ListFile)
class ListFileAdmin(AnswerViews, NameViews, StoreViews):
    list_display = ("made_at", "register", "file_name", "as_of", "state_label", "result", "made_by_name")
    list_filter = ("register", "state")
    list_select_related = ("register", "made_by__user")
    search_fields = ("file_name", "sha256")
    actions_list = ("layouts",)

    @display(description=gettext_lazy("state"), label=COLOURS)
    def state_label(self, row: ListFile) -> tuple[str, str]:
        names = {
            "waiting": _("waits"),
            "stored": _("stored"),
            "checked": _("nothing new"),
            "dropped": _("dropped"),
        }
        return row.state, names[row.state]

    @display(description=gettext_lazy("added, changed, ended"))
    def result(self, row: ListFile) -> str:
        """Return what storing it did, else what it would bring."""
        counts = row.report.get("counts") or row.counts
        return "+{} ~{} −{}".format(*(counts.get(kind, 0) for kind in ("added", "changed", "ended")))

    @display(description=gettext_lazy("who"))
    def made_by_name(self, row: ListFile) -> str:
        return name_of(row.made_by)

    @action(description=gettext_lazy("Layouts"), url_path="layouts", icon="table_view")
    def layouts(self, request: HttpRequest) -> HttpResponse:
        """Lead to the layouts, which say how the files are read."""
        return redirect("admin:articles_listlayout_changelist")

    # Offer a file.

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Take a keeper's list, or lead a register file of ours to its own page; of no file the bytes are kept."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        asked = {
            key: request.GET.get(key) for key in ("register", "layout") if (request.GET.get(key) or "").isdecimal()
        }
        form = ListForm(request.POST or None, request.FILES or None, initial=asked)
        context: dict[str, Any] = {"title": _("Import a file"), "form": form}
        if request.method == "POST" and form.is_valid():
            offered = Offered.of(form.cleaned_data, base_of(request.POST.get("drawn")))
            context |= self.taken(request, offered)
            if "file" in context:
                name = context["file"]._meta.model_name
                return self.lead(request, reverse(f"admin:articles_{name}_change", args=[context["file"].pk]))
        elif request.method == "POST":
            context["refused"] = [error for errors in form.errors.values() for error in errors]
        return self.page(request, "upload", **context)

    def taken(self, request: HttpRequest, offered: Offered) -> dict[str, Any]:
        """Return the file that was taken, or why it was not; a table that no layout knows can be pointed at."""
        context: dict[str, Any] = {}
        register = offered.register
        try:
            if is_ours(offered.content):
                return {"file": self.ours(request, offered)}
            register = register_of(offered)
            by, at = editor_of(request), timezone.now()
            file = take(offered.content, offered.name, register, offered.layout, partial=offered.partial, by=by, at=at)
            messages.success(
                request, _("Read. Nothing is stored yet: answer what is asked, then see what it would do.")
            )
            return {"file": file}
        except Unreadable as error:
            context["refused"] = error.lines()
            if offered.layout is None:
                context |= drawable(offered)
        except publishing.Refused as refused:
            context["refused"] = [str(refused)]
            context["waiting"] = ListFile.objects.filter(register=register, state="waiting").first()
        return context

    def ours(self, request: HttpRequest, offered: Offered) -> RegisterImport:
        """Keep a register file of ours, which goes its own way from here. Raises Unreadable, Refused."""
        register = offered.register or register_named(offered.content)
        if register is None:
            message = _("This is a register file of ours that speaks of several registers, or of none: choose one.")
            raise publishing.Refused("register", message)
        return own_file(offered.content, offered.name, register, request, partial=offered.partial)


def drawable(offered: Offered) -> dict[str, Any]:
    """Return the context in which one points at the file's columns; nothing for a file without a table."""
    try:
        grid = preview(offered.content)
    except NoList:
        return {}
    register = offered.register
    return begin_with(grid, None, str(register.pk) if register else "")
