"""What a file would store, shown before it is stored; and the other ends of its way: checked, dropped."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from unfold.widgets import UnfoldAdminTextInputWidget

from articles import publishing
from articles.interchange import Unreadable
from articles.interchange.keeper import checked, drop, plan_of_file, store_file
from articles.interchange.keeper.storing import is_news
from articles.models import ListFile
from articles.models.fields import TextEntry

from ...base import editor_of
from ...works.wake import wake_relabel
from ..importing import TOLD, report_of
from ..pending import PENDING, View, for_keepers
from .frame import FilePages, open_count


class WhyForm(forms.Form):
    reason = TextEntry(
        label=gettext_lazy("Why it is stored in spite of this"),
        max_length=300,
        widget=UnfoldAdminTextInputWidget,
    )


class StoreViews(FilePages):
    def get_urls(self) -> list[URLPattern]:
        def wrap(view: View) -> View:
            return self.admin_site.admin_view(for_keepers(view))

        return [
            path("<int:pk>/store/", wrap(self.store_view), name="articles_listfile_store"),
            path("<int:pk>/checked/", wrap(require_POST(self.checked_view)), name="articles_listfile_checked"),
            path("<int:pk>/drop/", wrap(self.drop_view), name="articles_listfile_drop"),
            *super().get_urls(),
        ]

    def store_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what would be stored; stored is what was shown, or it is refused."""
        file = self.found(pk)
        form = WhyForm(request.POST if request.method == "POST" and "reason" in request.POST else None)
        if request.method == "POST" and (not form.is_bound or form.is_valid()):
            return self.stored(request, file, form.cleaned_data["reason"] if form.is_bound else "")
        self.freshened(request, file)
        file = self.found(pk)
        context = self.step(request, file, "store", form=form)
        return self.page(request, "store", **(context | (planned(file) if file.state == "waiting" else told(file))))

    def stored(self, request: HttpRequest, file: ListFile, reason: str) -> HttpResponse:
        """Store the file and lead on to what waits, or back with the reason why not."""
        by, at = editor_of(request), timezone.now()
        try:
            done = store_file(file, request.POST.get("seen", ""), by=by, at=at, reason=reason)
        except Unreadable as error:
            messages.error(request, "; ".join(error.lines()))
        except publishing.Refused as refused:
            messages.error(request, str(refused))
        else:
            if done.batch is not None:
                transaction.on_commit(wake_relabel)
                told = _("Stored and applied: it only adds, and this register lets additions through.")
                messages.success(request, told)
                return redirect("admin:articles_batch_change", done.batch.pk)
            messages.success(request, _("Stored. Nothing is marked by it before it is applied here."))
            return redirect(PENDING)
        return redirect("admin:articles_listfile_store", file.pk)

    def checked_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write down that the register was held against the whole list and nothing is new."""
        file = self.found(pk)
        try:
            checked(file, by=editor_of(request), at=timezone.now())
        except publishing.Refused as refused:
            messages.error(request, str(refused))
            return redirect("admin:articles_listfile_store", pk)
        message = _("Checked today: nothing new. It stands in the events, and at the register.")
        messages.success(request, message)
        return redirect("admin:articles_register_change", file.register_id)

    def drop_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask, then drop the file: nothing of it is stored."""
        file = self.found(pk)
        back = reverse("admin:articles_listfile_change", args=[pk])
        if request.method != "POST":
            says = _(
                "“%(file)s” and all answers to it are dropped, also those of other people. Nothing of it is stored."
            )
            return self.page(
                request,
                "ask",
                title=_("Drop the file"),
                says=says % {"file": file.file_name},
                label=_("Drop"),
                tone="danger",
                back=back,
                form=(),
            )
        try:
            drop(file, by=editor_of(request), at=timezone.now())
        except publishing.Refused as refused:
            messages.error(request, str(refused))
            return redirect(back)
        messages.success(request, _("The file is dropped; nothing was stored."))
        return redirect("admin:articles_listfile_changelist")


def planned(file: ListFile) -> dict[str, Any]:
    """Return what storing the file would do, or what stands in the way."""
    if open_count(file):
        return {"is_open": True}
    try:
        plans = plan_of_file(file, at=timezone.now())
    except Unreadable as error:
        return {"problem": "; ".join(error.lines())}
    except publishing.Refused as refused:
        return {"problem": str(refused)}
    plan = plans.plan
    news = any(is_news(row) for row in file.rows.exclude(change="unchanged"))
    return report_of(plan.report()) | {
        "distrust": plan.distrust,
        "suspicious": plan.suspicious,
        "left_out": plan.left_out,
        "others": plans.others,
        "seen": plans.seen,
        "may_check": not news and not file.partial and not file.faults,
        "changes": bool(plan.added or plan.changed or plan.ended),
    }


def told(file: ListFile) -> dict[str, Any]:
    """Return what the file did."""
    return report_of(file.report) | {key: file.report.get(key, []) for key in TOLD}
