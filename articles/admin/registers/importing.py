"""Import of a register's file: first what it would do, then, if a person says so, into the rows; and its history."""

import hashlib
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from unfold.decorators import display
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanSwitchWidget,
)

from articles import publishing
from articles.footnotes.registers.private import masked
from articles.interchange import (
    MOST_BYTES,
    Imported,
    Mapping,
    Plan,
    Unreadable,
    drop_forgotten,
    import_register,
    needed,
    plan_of,
    planned,
)
from articles.models import Register, RegisterImport
from articles.models.fields import TextEntry
from articles.publishing.roles import staff_id

from ..base import ReadOnlyAdmin, editor_of, name_of
from ..works.wake import wake_relabel
from .pending import PENDING, View, for_keepers
from .private import tells_nothing_private

TOLD = ("distrust", "suspicious", "left_out")
COLOURS = {"waiting": "warning", "stored": "success", "dropped": "default"}


class UploadForm(forms.Form):
    register = forms.ModelChoiceField(
        Register.objects.all(), label=gettext_lazy("Register"), widget=UnfoldAdminSelectWidget
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=UnfoldAdminFileFieldWidget,
        help_text=gettext_lazy("JSON in the form of the register file, or CSV; at most 20 MB."),
    )
    mapping = forms.FileField(
        label=gettext_lazy("Columns of a CSV file"),
        required=False,
        widget=UnfoldAdminFileFieldWidget,
        help_text=gettext_lazy(
            "A small JSON file that says what the columns hold. Empty: as in this register's last import."
        ),
    )
    partial = forms.BooleanField(
        label=gettext_lazy("The file holds only a part of the register"),
        required=False,
        widget=UnfoldBooleanSwitchWidget,
        help_text=gettext_lazy("Otherwise what it does not name counts as taken off the list today."),
    )

    def clean(self) -> dict[str, Any]:
        """Read the files and work out what they would do; each fault stands at its field, with its line."""
        cleaned = super().clean() or self.cleaned_data
        register, file = cleaned.get("register"), cleaned.get("file")
        if register is None or file is None:
            return cleaned
        try:
            mapping = self.read_mapping(cleaned.get("mapping"), register, file)
        except Unreadable as error:
            self.add_error("mapping", error.lines())
            return cleaned
        cleaned["columns"] = mapping
        cleaned["content"] = read(file)
        try:
            plan_of(cleaned["content"], register.key, mapping, partial=cleaned["partial"], at=timezone.now())
        except Unreadable as error:
            self.add_error("file", error.lines())
        except publishing.Refused as refused:
            self.add_error(None, str(refused))
        return cleaned

    def read_mapping(self, given: UploadedFile | None, register: Register, file: UploadedFile) -> Mapping | None:
        """Return the mapping that was given, or that of the register's last import for a file that is no JSON."""
        if given is not None:
            return Mapping.read(read(given))
        if str(file.name).lower().endswith(".json"):
            return None
        last = RegisterImport.objects.filter(register=register, state="stored").exclude(mapping={}).first()
        return Mapping.parse(last.mapping) if last else None


def read(file: UploadedFile) -> bytes:
    """Return the bytes of an upload, one more than allowed at most."""
    content: bytes = file.read(MOST_BYTES + 1)
    return content


class StoreForm(forms.Form):
    force = TextEntry(
        label=gettext_lazy("Why it is stored in spite of this"),
        max_length=300,
        validators=[tells_nothing_private],
        widget=UnfoldAdminTextInputWidget,
    )


@admin.register(RegisterImport)
class RegisterImportAdmin(ReadOnlyAdmin):
    list_display = ("made_at", "register", "file_name", "state_label", "result", "made_by_name")
    list_filter = ("register", "state")
    list_select_related = ("register", "made_by__user")

    def get_queryset(self, request: HttpRequest) -> QuerySet[RegisterImport]:
        return super().get_queryset(request).defer("content")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("articles.change_register")

    def get_urls(self) -> list[URLPattern]:
        def wrap(view: View) -> View:
            return self.admin_site.admin_view(for_keepers(view))

        return [
            path("<int:pk>/store/", wrap(require_POST(self.store_view)), name="articles_registerimport_store"),
            path("<int:pk>/drop/", wrap(require_POST(self.drop_view)), name="articles_registerimport_drop"),
            *super().get_urls(),
        ]

    @display(description=gettext_lazy("state"), label=COLOURS)
    def state_label(self, row: RegisterImport) -> tuple[str, str]:
        names = {"waiting": _("waits"), "stored": _("stored"), "dropped": _("dropped")}
        return row.state, names[row.state]

    @display(description=gettext_lazy("added, changed, ended"))
    def result(self, row: RegisterImport) -> str:
        counts = row.report.get("counts", {})
        return f"+{counts['added']} ~{counts['changed']} −{counts['ended']}" if counts else ""

    @display(description=gettext_lazy("who"))
    def made_by_name(self, row: RegisterImport) -> str:
        return name_of(row.made_by)

    # Offer a file.

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Take a file and keep it until someone has seen what it would do; a faulty one is not kept."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        initial = {"register": request.GET.get("register")}
        form = UploadForm(request.POST or None, request.FILES or None, initial=initial)
        if request.method == "POST" and form.is_valid():
            return redirect("admin:articles_registerimport_change", keep(form.cleaned_data, request).pk)
        return self.page(request, "import", title=_("Import a register"), form=form)

    def page(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        common = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, f"admin/articles/registers/{template}.html", common | context)

    # Look at what it would do; store it or drop it.

    def found(self, request: HttpRequest, pk: int | str) -> RegisterImport:
        row = self.get_object(request, str(pk))
        if row is None:
            raise Http404
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        return row

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if request.method == "POST":
            raise PermissionDenied
        return self.show(request, self.found(request, object_id), StoreForm())

    def show(self, request: HttpRequest, row: RegisterImport, form: StoreForm) -> HttpResponse:
        context: dict[str, Any] = {"row": row, "form": form, "who": name_of(row.made_by), "title": row.file_name}
        if row.state == "waiting":
            try:
                content, mapping = bytes(row.content or b""), mapping_of(row)
                found = planned(content, row.register.key, mapping, partial=row.partial, at=timezone.now())
                plan = found.plan
                context |= report_of(plan.report()) | {
                    "distrust": plan.distrust,
                    "suspicious": plan.suspicious,
                    "left_out": plan.left_out,
                }
                context["seen"] = found.state
            except Unreadable as error:
                context["problem"] = "; ".join(error.lines())
            except publishing.Refused as refused:
                context["problem"] = str(refused)
            context["may_store"] = self.has_add_permission(request) and "problem" not in context
        else:
            context |= report_of(row.report) | {key: row.report.get(key, []) for key in TOLD}
        return self.page(request, "import_report", **context)

    def store_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Store the file; the second of two at once finds it stored."""
        row, form = self.found(request, pk), StoreForm(request.POST)
        form.fields["force"].required = "force" in request.POST
        if not form.is_valid():
            return self.show(request, row, form)
        force = form.cleaned_data.get("force", "")
        try:
            done = store(row, request, force)
        except Unreadable as error:
            messages.error(request, "; ".join(error.lines()))
            return redirect("admin:articles_registerimport_change", pk)
        except publishing.Refused as refused:
            messages.error(request, str(refused))
            return redirect("admin:articles_registerimport_change", pk)
        if done.batch is not None:
            transaction.on_commit(wake_relabel)
            messages.success(request, _("Stored and applied: it only adds, and this register lets additions through."))
            return redirect("admin:articles_batch_change", done.batch.pk)
        messages.success(request, _("Stored. Nothing is marked by it before it is applied here."))
        return redirect(PENDING)

    def drop_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        waits = RegisterImport.objects.filter(pk=self.found(request, pk).pk, state="waiting")
        if waits.update(state="dropped", content=None, ended_at=timezone.now()):
            messages.success(request, _("The file is dropped; nothing was stored."))
        return redirect("admin:articles_registerimport_changelist")


def keep(cleaned: dict[str, Any], request: HttpRequest) -> RegisterImport:
    """Keep the file of a form that was checked."""
    name, partial = str(cleaned["file"].name), cleaned["partial"]
    return kept(cleaned["content"], name, cleaned["register"], cleaned["columns"], request, partial=partial)


def own_file(content: bytes, name: str, register: Register, request: HttpRequest, *, partial: bool) -> RegisterImport:
    """Check and keep a register file of ours that came in by another door. Raises Unreadable, Refused."""
    plan_of(content, register.key, None, partial=partial, at=timezone.now())
    return kept(content, name, register, None, request, partial=partial)


def kept(
    content: bytes, name: str, register: Register, mapping: Mapping | None, request: HttpRequest, *, partial: bool
) -> RegisterImport:
    """Keep the file until it is stored; drop those that nobody came back for."""
    at = timezone.now()
    drop_forgotten(at)
    return RegisterImport.objects.create(
        register=register,
        file_name=masked(name, is_name=True)[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
        content=needed(content, mapping),
        mapping=mapping.data if mapping else {},
        partial=partial,
        made_at=at,
        made_by=staff_id(editor_of(request)),
    )


def mapping_of(row: RegisterImport) -> Mapping | None:
    return Mapping.parse(row.mapping) if row.mapping else None


def report_of(report: dict[str, Any]) -> dict[str, Any]:
    """Return the lists of a report as the template shows them."""
    kinds = ("added", "changed", "ended")
    lists = {
        kind: [dict(zip(("key", "name", "lines"), one, strict=True)) for one in report.get(kind, [])] for kind in kinds
    }
    return {**lists, "counts": report.get("counts", {})}


def store(row: RegisterImport, request: HttpRequest, force: str) -> Imported:
    """Store the file that waits, if the registers are those that were looked at, and write into its row what it did."""
    at = timezone.now()
    if row.state != "waiting":
        raise publishing.Refused("", _("This file was stored or dropped already."))

    def settle(plan: Plan) -> None:
        waits = RegisterImport.objects.filter(pk=row.pk, state="waiting")
        forced = force[:300] if plan.distrust else ""
        if not waits.update(state="stored", content=None, ended_at=at, report=plan.report(), forced=forced):
            raise publishing.Refused("", _("This file was stored or dropped already."))

    return import_register(
        bytes(row.content or b""),
        row.register.key,
        mapping_of(row),
        by=editor_of(request),
        at=at,
        partial=row.partial,
        force=force,
        seen=request.POST.get("seen", ""),
        sha256=row.sha256,
        settle=settle,
    )
