"""What publishing would mark in the text while it is being typed: asked by the form, of texts that are not saved."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import editions, publishing
from articles.editions.content import Content, fields_of
from articles.editions.house import House
from articles.footnotes.types import Candidate, Field, Mention
from articles.footnotes.wording import note_text
from articles.models import CODES, Article
from articles.models.fields import printable
from articles.models.languages import desk_used
from articles.models.printed import PRINTED, row_of
from articles.registers import NoRegisters

from ..base import LONGEST_KEY, body_of, editor_of, turn
from ..works.wake import wake
from .article_form import EXCESS
from .gate import gate_of
from .mentions import Reader, mention_list
from .places import in_browser, places_in, words_of
from .preview_links import LinksAdmin
from .style_marks import style_marks

FORMATS = {row.written: row.format for row in PRINTED if row.written}
GATE = "admin/articles/article/_gate.html"
LONGEST = 20_000  # characters of a text without markup
Found = Mention | Candidate


class LiveMarksAdmin(LinksAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.live_marks_view))
        return [
            path("live-marks/", view, name="articles_article_live_marks_new"),
            path("<int:article_id>/live-marks/", view, name="articles_article_live_marks"),
            *super().get_urls(),
        ]

    def live_marks_view(self, request: HttpRequest, article_id: int | None = None) -> HttpResponse:
        """Answer with the marks of the texts that were sent, and what stands beside the form: mentions and gate."""
        if article_id is not None:
            article = self.found(request, article_id)
        elif self.has_add_permission(request):
            article = Article()
        else:
            raise PermissionDenied
        try:
            texts = sent_texts(body_of(request))
        except ValueError as error:
            return JsonResponse({"problem": str(error)}, status=422)
        typed = {name: text for name, text in texts.items() if name in FORMATS or name == "figure_texts"}
        type_in(article, typed)
        if texts.get("language") in CODES:
            article.language = texts["language"]
        article.language = article.language or desk_used()[0]
        if "answer" in texts:
            refused = self.answer_typed(request, article, texts)
            if refused:
                return JsonResponse({"problem": refused}, status=409)
        at, as_counted = timezone.now(), typed | {"body": texts.get("words", "")}
        type_origin(article, texts, at)
        advice = style_marks(article, as_counted)
        try:
            checked = editions.check(article, at, explain_in=get_language() or "en")
        except NoRegisters:
            return JsonResponse({"marks": advice, "panel": ""})
        marks = [*live_marks(article, checked, as_counted), *advice]
        return JsonResponse({"marks": marks} | self.beside_typed(request, article, checked, at, advice))

    def beside_typed(
        self, request: HttpRequest, article: Article, checked: editions.Checked, at: datetime, advice: list[Any]
    ) -> dict[str, str]:
        """Return what stands beside the form of a text as it is typed: `panel`, its mentions; `gate`, what is open."""
        context = {
            "article": article,
            "mentions": mention_list(article, checked),
            "may_answer": article.pk and request.user.has_perm("articles.answer_mention"),
            "is_typed": True,
            "advice": advice,
        }
        panel = render_to_string("admin/articles/article/_mentions.html", context, request)
        if not article.pk:
            return {"panel": panel}
        gate = gate_of(article, editor_of(request), at, checked)
        shown = render_to_string(GATE, {"article": article, "gate": gate}, request) if gate.open else ""
        return {"panel": panel, "gate": shown}

    def answer_typed(self, request: HttpRequest, article: Article, texts: dict[str, str]) -> str:
        """Keep an answer for a name in the text as it is typed; return why not, if it was refused."""
        if not article.pk:
            return _("Save the article once, then answer here.")
        try:
            with turn(article) as at:
                key, answer = texts.get("key", ""), texts["answer"]
                publishing.answer_mention(article, key, answer, by=editor_of(request), at=at, typed=article)
        except publishing.Refused as refused:
            return str(refused.message)
        transaction.on_commit(wake)
        return ""


def sent_texts(body: bytes) -> dict[str, str]:
    """Return the texts of a request: a column of the article → what stands in its field, `words`: the text of the body
    without its markup, `language`; `key` and `answer` where one is given. Raises ValueError, in words."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ValueError(_("What was sent is no JSON.")) from error
    if not isinstance(sent, dict) or not all(isinstance(text, str) for text in sent.values()):
        raise ValueError(_("A text for each field is expected."))
    for name, text in sent.items():
        excess = editions.excess(text) if FORMATS.get(name) == "html" else "long" if is_long(name, text) else ""
        if excess:
            most = editions.LONGEST if name in ("body", "words") else LONGEST
            raise ValueError(EXCESS[excess] % {"number": len(text), "most": most})
    return sent


def is_long(name: str, text: str) -> bool:
    return len(text) > (editions.LONGEST if name == "words" else LONGEST)


def type_in(article: Article, typed: dict[str, str]) -> None:
    """Set the texts of the article as saving the form would, without saving it."""
    for name, text in typed.items():
        if name == "figure_texts":
            article.figure_texts = text
            continue
        sent = printable(text.replace("\r\n", "\n"))
        setattr(article, name, editions.clean_html(sent) if FORMATS[name] == "html" else sent)


def type_origin(article: Article, texts: dict[str, str], at: datetime) -> None:
    """Set what else the gate asks of a translation; of a link to the original and of a date only that there is one."""
    for name in ("origin_url", "origin_zone", "translation_method"):
        setattr(article, name, printable(texts.get(name, getattr(article, name))))
    if "origin_published_at" in texts:
        article.origin_published_at = at if texts["origin_published_at"].strip() else None
    key = texts.get("origin_article", str(article.origin_article_id or ""))
    if key != str(article.origin_article_id or ""):
        found = key.isdecimal() and len(key) <= LONGEST_KEY
        article.origin_article = Article.objects.filter(pk=int(key)).first() if found else None


def live_marks(article: Article, checked: editions.Checked, typed: dict[str, str]) -> list[dict[str, Any]]:
    """Return what is marked, unclear, or was typed in as a mark, with its place in the typed text of its field.

    `typed`: a column of the article → its text as the browser counts it, of the body the words without tags.
    """
    found = checked.found
    groups: tuple[tuple[str, Iterable[Found], Content], ...] = (
        ("marked", found.mentions, checked.clean),
        ("unclear", found.unclear, checked.clean),
        ("typed", found.typed_marks, checked.as_typed),
    )
    named = {one.organization for _kind, items, _content in groups for one in items}
    reader = Reader(article, named, checked.also_keys)
    book = House.current().compiled.registers
    typed = typed | {field.name: field.text for field in fields_of(checked.as_typed) if field.within}
    clean = {field.name: TypedPlaces.of(field, typed) for field in fields_of(checked.clean)}
    marks = []
    for kind, items, content in groups:
        fields = {field.name: field for field in fields_of(content)}
        for item in items:
            line, place = reader.line(item, fields[item.field]), place_of(item, kind, clean, fields, typed)
            if place is None:
                continue
            notes = [note_text(book, key, article.language, [item.organization]) for key in item.registers]
            marks.append(
                place
                | {
                    "kind": kind,
                    "surface": line.surface,
                    "who": line.organization,
                    "registers": line.registers,
                    "why": line.why,
                    "note": " ".join(note for note in notes if note),
                    "key": line.key,
                    "answer": line.answer,
                }
            )
    return marks


def place_of(
    item: Found, kind: str, clean: dict[str, "TypedPlaces"], fields: dict[str, Field], typed: dict[str, str]
) -> dict[str, Any] | None:
    """Return the field of the form and where in it the name stands, in a browser's count; None in a text that comes
    from elsewhere, such as the credit of the lead photo. Of a photo in the text: `number`, in the order of the page,
    and `part`."""
    row = row_of(item.field)
    if row is None:
        return None
    where: dict[str, Any] = {"field": row.written}
    if row.column == "figures":
        where = {"field": "figures", "number": int(item.field.rpartition("_")[2]), "part": row.key}
    if not typed.get(row.written or item.field):
        return None
    laid = clean[item.field]
    if kind == "typed":  # counted in the text as typed, which is longer
        span = laid.sign_behind(TypedPlaces.of(fields[item.field], typed).span(item))
    else:
        span = laid.span(item)
    return where | {"from": laid.counted[span[0]], "to": laid.counted[span[1]]} if span else None


@dataclass(frozen=True)
class TypedPlaces:
    """A field as the engine read it, laid upon what stands in the browser."""

    spelled: list[int]
    there: list[int]
    counted: list[int]

    @classmethod
    def of(cls, field: Field, texts: dict[str, str]) -> "TypedPlaces":
        row = row_of(field.name)
        typed = texts.get(row.written or field.name, "") if row else ""
        whole = list(range(len(field.text) + 1))
        words, spelled = words_of(field.text) if field.format == "html" else (field.text, whole)
        return cls(spelled, places_in(typed, words), in_browser(typed))

    def span(self, item: Found) -> tuple[int, int]:
        """Return where the name begins and ends in the typed text; a mark that was typed in behind it stays outside."""
        begin, end = self.spelled[item.start], self.spelled[item.end]
        return self.there[begin], min(self.there[max(begin, end - 1)] + 1, len(self.counted) - 1)

    def sign_behind(self, name: tuple[int, int]) -> tuple[int, int] | None:
        """Return where the mark stands that was typed in behind a name: the first characters that the cleaning took."""
        ends = zip(self.there[:-1], [*self.there[1:-1], len(self.counted) - 1], strict=False)
        return next(((one + 1, other) for one, other in ends if other > one + 1 and other > name[1]), None)
