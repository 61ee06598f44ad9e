"""What stands beside an article's form: its standing and acts, its mentions; and the views behind them."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import AdminErrorList
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms.utils import ErrorDict, ErrorList
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import editions, publishing
from articles.accounts import asking
from articles.models import Article, Site
from articles.models.printed import WRITTEN
from articles.registers import NoRegisters

from ..base import editor_of, turn
from ..works.wake import wake
from . import acts, seen
from .act_forms import ActForm
from .article_list import COLOURS, STATUSES
from .checklist import checklist_of
from .gate import gate_of
from .history.views import HistoryAdmin, since_live, since_seen
from .live_marks import LiveMarksAdmin
from .live_preview import NO_REGISTERS, LivePreviewAdmin, context_of
from .mentions import mention_list
from .preview_links import links_of
from .rebuilds import rebuilds

REFUSED = "refused"  # the session's key for a complaint that belongs to a field of the article's form


class BesideAdmin(LiveMarksAdmin, LivePreviewAdmin, HistoryAdmin):
    change_form_template = "admin/articles/article/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:article_id>/act/<slug:name>/", wrap(self.act_view), name="articles_article_act"),
            path("<int:article_id>/answer/", wrap(require_POST(self.answer_view)), name="articles_article_answer"),
            *super().get_urls(),
        ]

    # The change page.

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article = kwargs.get("obj")
        context |= {"show_save_and_continue": False, "show_save_and_add_another": False}
        if article is not None:
            context |= beside(request, article, timezone.now())
            context["may_change"] = self.has_change_permission(request, article)
            self.show_refusal(request, context, article)
        if article is None or context["may_change"]:
            name = f"admin:articles_article_live_marks{'' if article else '_new'}"
            context["live_marks_url"] = reverse(name, args=[article.pk] if article else [])
            context["live_fields"] = " ".join(WRITTEN)
            context.setdefault("may_answer", request.user.has_perm("articles.answer_mention"))
        if article is not None or self.has_add_permission(request):
            context["preview"] = context_of(article)
        return super().render_change_form(request, context, *args, **kwargs)

    def show_refusal(self, request: HttpRequest, context: dict[str, Any], article: Article) -> None:
        """Put the complaint of a use case at its field, once."""
        refused = request.session.get(REFUSED)
        form = context["adminform"].form
        if request.method != "GET" or not refused or refused[0] != article.pk:
            return
        del request.session[REFUSED]
        if refused[1] in form.fields and not form.is_bound:
            form._errors = ErrorDict({refused[1]: ErrorList([refused[2]])})
            context["errors"] = AdminErrorList(form, [])

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: str | None = None) -> HttpResponse:
        if "_popup" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        messages.success(request, _("The article is saved. Its mentions stand beside the text."))
        return redirect("admin:articles_article_change", obj.pk)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        """Stay with the article; a button of an act saves first, then acts."""
        if "_popup" in request.POST:
            return super().response_change(request, obj)
        act = acts.ACTS.get(request.POST.get("_act", ""))
        if act is None:
            messages.success(request, _("The article is saved."))
            return redirect("admin:articles_article_change", obj.pk)
        if act.asks is not None:
            return redirect("admin:articles_article_act", obj.pk, act.name)
        return self.do(request, obj, act)

    # The acts.

    def act_view(self, request: HttpRequest, article_id: int, name: str) -> HttpResponse:
        """Ask what the act needs to know; do it when it is posted."""
        article, act, at = self.found(request, article_id), acts.ACTS.get(name), timezone.now()
        if act is None:
            raise Http404
        posted = request.POST if request.method == "POST" else None
        form = (act.asks or ActForm)(posted, article=article, at=at, initial={"for_at": request.GET.get("for_at", "")})
        if posted is not None and seen.is_done(request, article, at):
            return self.act_done(request, article, act)
        if act.asks_again:
            asking.ask(form, request)
        if form.is_valid():
            return self.do(request, article, act, form)
        if not acts.may(act, article, editor_of(request)):  # posted answers reach the use case, which asks itself
            raise PermissionDenied
        return self.ask(request, article, act, form)

    def ask(self, request: HttpRequest, article: Article, act: acts.Act, form: ActForm) -> HttpResponse:
        asking.no_longer(form, request)
        context = {
            **self.admin_site.each_context(request),
            "title": act.label,
            "opts": self.opts,
            "original": article,
            "article": article,
            "act": act,
            "form": form,
            "gate": gate_of(article, editor_of(request), form.moment, form.checked) if form.shows_gate else None,
            "checklist": checklist_of(article, form.moment, form.checked) if form.shows_checklist else None,
            "rebuilds": rebuilds(article, act, form),
            "difference": since_live(article, act.name, form.at),
            "meanwhile": since_seen(article, seen.version_seen(request, article), form.at),
            "media": self.media + form.media,
            "seen": seen.stand_of(article),
            "present": self.who_else(request, article, form.at) if act.name in seen.TAKES_OUT else [],
            "zone": timezone.get_current_timezone_name(),
        }
        return TemplateResponse(request, "admin/articles/article/act.html", context)

    def do(self, request: HttpRequest, article: Article, act: acts.Act, form: ActForm | None = None) -> HttpResponse:
        """Call the use case; what it refuses is said where the editor can put it right."""
        arguments = form.arguments() if form is not None else {}
        try:
            with turn(article) as at:
                seen.refuse_outdated(request, article, act.name)
                result = act.run(article, by=editor_of(request), at=at, **arguments)
        except publishing.Refused as refused:
            return self.refuse(request, article, act, form, refused)
        except NoRegisters:
            messages.error(request, str(NO_REGISTERS))
            return redirect("admin:articles_article_change", article.pk)
        transaction.on_commit(wake)
        if isinstance(result, publishing.MadeLink):
            link = request.build_absolute_uri(reverse("preview", args=[result.token]))
            says = _(
                "Anyone with this link can read the article for seven days. "
                "Copy it now, it is not shown again: %(link)s"
            ) % {"link": "{link}"}
            text: str = format_html(says, link=format_html('<a href="{0}" class="underline">{0}</a>', link))
        else:
            text = str(act.done)
        return self.act_done(request, result if isinstance(result, Article) else article, act, text)

    def act_done(self, request: HttpRequest, article: Article, act: acts.Act, text: str = "") -> HttpResponse:
        """Say that it is done, and lead to the article."""
        messages.success(request, text or str(act.done))
        if act.ends:
            return redirect("admin:articles_article_changelist")
        return redirect("admin:articles_article_change", article.pk)

    def refuse(
        self,
        request: HttpRequest,
        article: Article,
        act: acts.Act,
        form: ActForm | None,
        refused: publishing.Refused,
    ) -> HttpResponse:
        """Show a refusal at the field of the act's form, else at the field of the article's form, else above it."""
        field = refused.field
        if form is not None and field not in self.form.base_fields:
            form.add_error(field if field in form.fields else None, str(refused.message))
            return self.ask(request, article, act, form)
        if field in self.form.base_fields:
            request.session[REFUSED] = [article.pk, field, str(refused.message)]
        messages.error(request, str(refused.message))
        return redirect("admin:articles_article_change", article.pk)

    # Mentions.

    def answer_view(self, request: HttpRequest, article_id: int) -> HttpResponse:
        """Keep an editor's answer for a mention; htmx gets the new list, a plain form the page."""
        article = self.found(request, article_id)
        try:
            with turn(article) as at:
                publishing.answer_mention(
                    article,
                    request.POST.get("key", ""),
                    request.POST.get("answer", ""),
                    by=editor_of(request),
                    at=at,
                    reason=request.POST.get("reason", ""),
                    always=bool(request.POST.get("always")),
                )
            transaction.on_commit(wake)
        except publishing.Refused as refused:
            messages.error(request, str(refused.message))
        if request.headers.get("HX-Request"):
            context = beside(request, article, timezone.now())
            return TemplateResponse(request, "admin/articles/article/_mentions.html", context)
        return redirect("admin:articles_article_change", article.pk)


def beside(request: HttpRequest, article: Article, at: datetime) -> dict[str, Any]:
    """Return what the right-hand column shows of an article."""
    standing = acts.Standing(article, at, editor_of(request))
    status, live, checked = publishing.status(article, at), standing.live, standing.checked
    return {
        "article": article,
        "status": status,
        "status_name": STATUSES.get(status, status),
        "status_colour": COLOURS.get(status, "default"),
        "live": live,
        "live_path": editions.release_path(live) if live else "",
        "scheduled": standing.scheduled,
        "scheduled_zone": timezone.get_current_timezone_name(),
        "acts": acts.offered(standing),
        "bin_end": article.binned_at and article.binned_at + timedelta(days=Site.current().bin_days),
        "gate": standing.gate,
        "checklist": checklist_of(article, at, checked),
        "mentions": mention_list(article, checked) if checked else None,
        "links": links_of(article, standing.user, at),
        "may_answer": request.user.has_perm("articles.answer_mention"),
    }
