"""A form that is sent, with nothing lost: by whom it was opened, what was typed before, what others saved meanwhile.

What cannot be stored as it came is shown again, whole: put together with what others saved, or with a question for each
paragraph and field that both have changed.
"""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, ArticleVersion, Site, Slot
from articles.publishing import slots

from ..base import editor_of, name_of
from . import merging
from .again import sent_again
from .closed import closed
from .conflict import asked
from .difference import changes_of
from .offers import base_number, data_of, offers_of, unbound
from .typed import LONGEST_CLIENT, TypedAdmin, taken

HELD = "_look_through"  # the form is shown and not stored, whatever is in it
ANSWERED = "_answered"  # the version against which the questions were answered
OWN = ("csrfmiddlewaretoken", "_save", "_act", "_go_on", HELD, ANSWERED)


class KeepingAdmin(TypedAdmin):
    def _changeform_view(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: dict[str, Any] | None
    ) -> HttpResponse:
        if request.method == "POST":
            answer = self.prepared(request, object_id)
            if answer is not None:
                return answer
        return super()._changeform_view(request, object_id, form_url, extra_context)

    def prepared(self, request: HttpRequest, object_id: str | None) -> HttpResponse | None:
        """Make the form ready to be stored or shown; or return what is to be answered instead."""
        user = request.POST.get("typed_user")
        if user and user != str(request.user.pk):
            return sent_again(request, status=409)
        article = self.get_object(request, unquote(object_id)) if object_id else None
        if object_id and (article is None or not self.has_change_permission(request, article)):
            return closed(self, request, article) if user else None  # Django says so where no form of ours was sent
        if "_go_on" in request.POST and not self.take_up(request, article):
            messages.warning(request, _("That text is no longer kept: it was saved or thrown away."))
            return redirect(request.path)
        if article is None:
            return self.saved_already(request)
        seen = slots.base_of(client_of(request), number_in(request.POST), by=editor_of(request))
        if seen is None or seen == article.version:
            replace_form(request, with_values(request.POST, seen_version=str(seen or "")))
            return None
        return self.put_together(request, article, seen)

    def take_up(self, request: HttpRequest, article: Article | None) -> bool:
        """Put in place of what was sent what is kept in a slot; say whether it is still kept."""
        client = request.POST["_go_on"][:LONGEST_CLIENT]
        slot = Slot.objects.open().filter(user=editor_of(request), client=client, article=article).first()
        if slot is None:
            return False
        base = base_number(slot)
        told = {"seen_version": str(base or ""), "typed_takes": f"{slot.client}:{slot.sequence}", HELD: "typed"}
        replace_form(request, with_values(data_of(slot), **told))
        return True

    def saved_already(self, request: HttpRequest) -> HttpResponse | None:
        """Lead to the article that a form sent twice has made, with what was typed since offered there."""
        client, by = client_of(request), editor_of(request)
        article = slots.saved_as(client, by=by) if client else None
        if article is None:
            return None
        fields = {name: values if len(values) > 1 else values[0] for name, values in plain(request.POST).lists()}
        typed = slots.Typed(client, sent_by(request).sequence, article, None, fields)
        slots.keep_typed(typed, by=by, at=timezone.now())
        messages.info(request, _("This article was saved already. What you typed after that is offered below."))
        return redirect("admin:articles_article_change", article.pk)

    def put_together(self, request: HttpRequest, article: Article, seen: int) -> HttpResponse | None:
        """Put what was sent together with what others saved; show it, or ask where both changed the same."""
        form, theirs = unbound(self, request, article), merging.state_of_article(article)
        mine = merging.state_of_form(form, request.POST, theirs)
        merges = merging.merge(merging.base_state(article, seen), mine, theirs)
        answers = {}
        if request.POST.get(ANSWERED) == str(article.version):
            answers = merging.answers_in(request.POST, merges)
        if set(merging.questions(merges)) - set(answers):
            own = slots.are_own(article, seen, by=editor_of(request))
            return asked(self, request, article, merges, form, plain(request.POST), own=own)
        data = with_values(request.POST, seen_version=str(article.version))
        changed = [one for one in merges if one.is_theirs]
        if changed:
            data = with_values(plain(data), seen_version=str(article.version), **{HELD: "merged"})
            merging.fill(data, merges, answers, form)
            told = [merging.Merge(one.name, None, one.answered(answers), one.mine) for one in changed]
            told = [one for one in told if one.mine != one.theirs]
            request._put_together = {  # type: ignore[attr-defined]
                "changes": changes_of(told, form),
                "own": slots.are_own(article, seen, by=editor_of(request)),
                "version": ArticleVersion.objects.filter(article=article, number=article.version).first(),
            }
        replace_form(request, data)
        return None

    def end_slot(self, request: HttpRequest, article: Article) -> None:
        """End the slot of the form that is saved, in the transaction of the save; call it after the version is kept."""
        sent, takes = sent_by(request), taken(request.POST.get("typed_takes"))
        if sent.client:
            slots.end_with_save(sent, takes, article=article, by=editor_of(request), at=timezone.now())
        else:
            slots.take_over(takes, editor_of(request), timezone.now())

    # What the page shows of it.

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article = kwargs.get("obj")
        permitted = self.has_change_permission(request, article) if article else self.has_add_permission(request)
        if permitted:
            context["typed"] = self.typed_context(request, article)
        return super().render_change_form(request, context, *args, **kwargs)

    def typed_context(self, request: HttpRequest, article: Article | None) -> dict[str, Any]:
        """Return what the state line and the script need to know."""
        bound = request.method == "POST"
        together = getattr(request, "_put_together", None)
        version = together["version"] if together else None
        return {
            "user": request.user.pk,
            "article": article.pk if article else "",
            "base": (number_in(request.POST) if bound else article.version if article else None) or "",
            "client": client_of(request) if bound else "",
            "sequence": sent_by(request).sequence if bound else 0,
            "takes": request.POST.get("typed_takes", "") if bound else "",
            "copies": Site.current().browser_copies,
            "offers": [] if bound else offers_of(self, request, article),
            "fresh": bound,
            "resumed": bound and request.POST.get(HELD) == "typed",
            "together": together,
            "who": name_of(version.saved_by) if version else "",
            "own": bool(version and together and together["own"]),
        }


def replace_form(request: HttpRequest, data: QueryDict) -> None:
    """Let Django read this in place of what was sent."""
    request.POST = data  # type: ignore[assignment]


def client_of(request: HttpRequest) -> str:
    return request.POST.get("typed_client", "")[:LONGEST_CLIENT]


def sent_by(request: HttpRequest) -> slots.Taken:
    """Return the client of a form and the number under which it was sent."""
    number = request.POST.get("typed_sequence", "")
    return slots.Taken(client_of(request), int(number) if number.isdecimal() and len(number) < 17 else 0)


def number_in(data: QueryDict) -> int | None:
    """Return the version that a form was opened with."""
    seen = data.get("seen_version") or ""
    return int(seen) if seen.isdecimal() and len(seen) < 10 else None


def plain(data: QueryDict) -> QueryDict:
    """Return what was typed of what was sent: neither buttons nor answers nor tokens."""
    kept = data.copy()
    for name in [name for name in kept if name in OWN or name.startswith("choice-")]:
        del kept[name]
    return kept


def with_values(data: QueryDict, **values: str) -> QueryDict:
    """Return the data with these values in it."""
    made = data.copy()
    for name, value in values.items():
        made[name] = value
    return made
