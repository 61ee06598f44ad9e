"""Pending changes: what waits, what it would do to the archive, and only then the button that applies it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from unfold.widgets import UnfoldAdminTextInputWidget

from articles import interchange, publishing, registers
from articles.footnotes.registers import RegisterFileError
from articles.models import Batch, ListFile, Register, RegisterVersion, Site
from articles.models.fields import TextEntry
from articles.publishing.relabel import apply_version, impact_of, lacking, require_wordings

from ..base import NewsroomAdmin, editor_of
from ..works.wake import wake_relabel
from .private import tells_nothing_private
from .register_form import LANGUAGE_NAMES, WORDINGS

LOOKED_AT = 5000  # articles; of more, a sample spread over the archive
View = Callable[..., HttpResponse]
PENDING = "admin:articles_pending_changelist"


class ReasonForm(forms.Form):
    reason = TextEntry(
        label=gettext_lazy("Reason"),
        max_length=300,
        validators=[tells_nothing_private],
        widget=UnfoldAdminTextInputWidget,
        help_text=gettext_lazy("For the history: whose decision, which date, which document."),
    )


def for_keepers(view: View) -> View:
    """Let in only those who may change the registers."""

    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("articles.change_register"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return kept


class PendingViews(NewsroomAdmin):
    """The views; the admin of registers carries them."""

    def get_urls(self) -> list[URLPattern]:
        def wrap(view: View) -> View:
            return self.admin_site.admin_view(for_keepers(view))

        return [
            path("pending/", wrap(self.pending_view), name="articles_pending_changelist"),
            path("pending/impact/", wrap(self.impact_view), name="articles_pending_impact"),
            path("pending/apply/", wrap(require_POST(self.apply_view)), name="articles_pending_apply"),
            path("pending/discard/", wrap(self.discard_view), name="articles_pending_discard"),
            *super().get_urls(),
        ]

    def page(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        common = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, f"admin/articles/registers/{template}.html", common | context)

    def pending_view(self, request: HttpRequest) -> HttpResponse:
        """Show what waits; what it would do is worked out in a second request."""
        at = timezone.now()
        return self.page(
            request,
            "pending",
            title=_("Pending changes"),
            **found(),
            version=version_in_force(),
            stale=[register for register in Register.objects.all() if register.is_stale(at)],
            files=ListFile.objects.filter(state="waiting").select_related("register")[:20],
            running=Batch.objects.filter(finished_at=None).first(),
        )

    def impact_view(self, request: HttpRequest) -> HttpResponse:
        """Show what the rows would do to the archive, with the button that applies them: a page, or a part of one."""
        return self.show_impact(request, ReasonForm(), part="HX-Request" in request.headers)

    def show_impact(self, request: HttpRequest, form: ReasonForm, *, part: bool = False) -> HttpResponse:
        at = timezone.now()
        context: dict[str, Any] = found()
        if not context.get("problem") and context["difference"].total:
            context |= impact(at)
        template = "_impact" if part else "impact"
        return self.page(request, template, title=_("What the changes would do"), form=form, **context)

    def apply_view(self, request: HttpRequest) -> HttpResponse:
        """Apply the version that was looked at, if the rows and the version in force are still the same."""
        form, at = ReasonForm(request.POST), timezone.now()
        if not form.is_valid():
            return self.show_impact(request, form)
        candidate = registers.compile_version(at)
        seen = (request.POST.get("version"), request.POST.get("previous"))
        standing = version_in_force()
        if seen != (str(candidate.pk), str(standing.pk if standing else "")):
            messages.error(request, _("The registers have changed since you looked: look again, then apply."))
            return redirect(PENDING)
        try:
            batch = apply_or_begin(candidate, standing, request, at, form.cleaned_data["reason"])
        except publishing.Refused as refused:
            messages.error(request, str(refused))
            return redirect(PENDING)
        transaction.on_commit(wake_relabel)
        messages.success(request, _("Applied. From now on everything is marked by these registers."))
        return redirect("admin:articles_batch_change", batch.pk) if batch else redirect(PENDING)

    def discard_view(self, request: HttpRequest) -> HttpResponse:
        """Ask why, then make the rows what is in force."""
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                reason = form.cleaned_data["reason"]
                interchange.discard(by=editor_of(request), at=timezone.now(), reason=reason)
            except publishing.Refused as refused:
                messages.error(request, str(refused))
            else:
                messages.success(request, _("Discarded. The registers are what is in force."))
            return redirect(PENDING)
        return self.page(
            request,
            "ask",
            title=_("Discard what waits"),
            says=_("All changes that wait are dropped, also those of other people and of imported files."),
            form=form,
            label=_("Discard"),
            tone="danger",
            back=reverse(PENDING),
        )


def found() -> dict[str, Any]:
    """Return the difference, or the problem that makes the rows unusable."""
    try:
        return {"difference": interchange.waiting()}
    except RegisterFileError as error:
        return {"problem": interchange.unusable(error)}


def version_in_force() -> RegisterVersion | None:
    try:
        return registers.current_version()
    except registers.NoRegisters:
        return None


def impact(at: datetime) -> dict[str, Any]:
    """Compile the rows and return what they would do, or which wordings the desk has to give first."""
    candidate, standing = registers.compile_version(at), version_in_force()
    found = wordless(candidate)
    if standing is None:
        return {"candidate": candidate, "wordless": found}
    return {
        "wordless": found,
        "candidate": candidate,
        "standing": standing,
        "impact": impact_of(candidate, at, LOOKED_AT),
    }


def wordless(candidate: RegisterVersion) -> list[dict[str, Any]]:
    """Return the registers that lack wordings, each with its row, the language and what is missing in words."""
    found = lacking(registers.book_of(candidate), Site.current().used)
    rows = {one.key: one for one in Register.objects.filter(key__in={one.register for one in found})}
    return [
        {
            "register": rows[one.register],
            "language": LANGUAGE_NAMES[one.language],
            "forms": [WORDINGS[form] for form in one.forms],
        }
        for one in found
    ]


def apply_or_begin(
    candidate: RegisterVersion, standing: RegisterVersion | None, request: HttpRequest, at: datetime, reason: str
) -> Batch | None:
    """Apply the candidate; the first version of all has no archive to follow it."""
    if standing is None:
        require_wordings(registers.book_of(candidate))
        registers.refresh_version(at)
        return None
    return apply_version(candidate, by=editor_of(request), at=at, reason=reason)
