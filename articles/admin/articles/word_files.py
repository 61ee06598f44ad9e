"""Open a Word file as a new article: a form filled in, which is kept as what its person has typed. The file is not."""

import io
import re
import secrets

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET
from unfold.decorators import action
from unfold.widgets import UnfoldAdminFileFieldWidget

from articles.editions import LONGEST
from articles.editions.word_file import LARGEST, Draft, NoWordFile, draft_of
from articles.models import Photo
from articles.models.fields import printable
from articles.models.languages import desk_language, desk_used
from articles.photos import upload
from articles.publishing import Refused, slots
from articles.publishing.photo_acts import delete

from ..base import editor_of
from .keeping import HELD, KeepingAdmin, replace_form, with_values
from .offers import data_of

LONGEST_ALT = 300
SENT = "_word_file"  # the form that is sent to the page of a new article brings a file
REFUSED = {
    "large": gettext_lazy("The file is too large: at most %(largest)s are read."),
    "old": gettext_lazy("This is the file of an older Word (.doc): save it there as .docx, then open that."),
    "protected": gettext_lazy("The file is protected with a password: save it without one, then open that."),
    "foreign": gettext_lazy("This is no Word file: only files that end in .docx are read."),
    "damaged": gettext_lazy("The file is damaged, or was not copied whole: save it in Word once more."),
    "macros": gettext_lazy("The file holds macros, which are programs: save it in Word as .docx, without them."),
    "unpacked": gettext_lazy("The file unpacks to more than a text can have. It was not read."),
    "entities": gettext_lazy("The file holds what no Word file should. It was not read."),
    "empty": gettext_lazy("There is no text in the file."),
    "long": gettext_lazy("The text is longer than %(longest)d characters with its markup: divide the file."),
    "deep": gettext_lazy("Tables or lists of the file stand too deep in one another: make it simpler."),
}


class WordForm(forms.Form):
    word_file = forms.FileField(
        label=gettext_lazy("Word file"),
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": ".docx"}),
        help_text=gettext_lazy(
            "A .docx of Word, Google Docs or LibreOffice. Its title or first heading becomes the headline, the rest "
            "the text. The file itself is not kept."
        ),
    )
    draft: Draft | None = None

    def clean_word_file(self) -> None:
        sent = self.cleaned_data["word_file"]
        try:
            if sent.size > LARGEST:
                raise NoWordFile("large")
            self.draft = draft_of(sent.read())
        except NoWordFile as no:
            says = REFUSED[no.code] % {"largest": filesizeformat(LARGEST), "longest": LONGEST}
            raise forms.ValidationError(says, code=no.code) from no


class WordAdmin(KeepingAdmin):
    actions_list = ("open_word_file",)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_GET(self.word_view))
        return [path("word-file/", view, name="articles_article_word"), *super().get_urls()]

    @action(
        description=gettext_lazy("Open a Word file"),
        url_path="open-word-file",
        icon="upload_file",
        permissions=["add"],
    )
    def open_word_file(self, request: HttpRequest) -> HttpResponse:
        return redirect("admin:articles_article_word")

    def word_view(self, request: HttpRequest) -> HttpResponse:
        """Ask for the file; it is sent to the page of a new article."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self.ask_for_file(request, WordForm())

    def ask_for_file(self, request: HttpRequest, form: WordForm) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Open a Word file"),
            "opts": self.opts,
            "form": form,
            "sent": SENT,
        }
        return TemplateResponse(request, "admin/articles/article/word.html", context)

    def prepared(self, request: HttpRequest, object_id: str | None) -> HttpResponse | None:
        if object_id is None and SENT in request.POST:
            return self.opened(request)
        return super().prepared(request, object_id)

    def opened(self, request: HttpRequest) -> HttpResponse | None:
        """Put the draft in place of what was sent, kept from now on as typed by this person; or ask for another."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = WordForm(request.POST, request.FILES)
        if not form.is_valid() or form.draft is None:
            return self.ask_for_file(request, form)
        try:
            photos = taken_along(form.draft) if request.user.has_perm("articles.add_photo") else {}
        except upload.PhotoError as error:
            form.add_error("word_file", str(error))
            return self.ask_for_file(request, form)
        fields = values_of(form.draft, photos)
        typed = slots.Typed(f"word-{secrets.token_hex(12)}", 1, None, None, fields)
        try:
            slot = slots.keep_typed(typed, by=editor_of(request), at=timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused.message))
            return self.ask_for_file(request, form)
        told = {"typed_takes": f"{slot.client}:{slot.sequence}", HELD: "typed"}
        replace_form(request, with_values(data_of(slot), **told))
        for text in told_of(form.draft, len(photos)):
            messages.info(request, text)
        return None


def taken_along(draft: Draft) -> dict[int, int]:
    """Store the pictures of the file as photos; return the ids by the pictures' numbers, without what is no picture.

    Raise PhotoError where the disk takes one no more; those before it are taken out again.
    """
    alt, photos = f"alt_{language_of(draft)}", dict[int, Photo]()
    for number, picture in draft.pictures.items():
        try:
            prepared = upload.prepare(io.BytesIO(picture.data), **{alt: printable(picture.alt)[:LONGEST_ALT]})
        except upload.PhotoError:
            continue
        try:
            photos[number] = upload.store(prepared)
        except upload.PhotoError:
            for photo in photos.values():
                delete(photo, at=timezone.now())
            raise
    return {number: photo.pk for number, photo in photos.items()}


def values_of(draft: Draft, photos: dict[int, int]) -> dict[str, str]:
    """Return the draft as the form of a new article sends it. `photos`: of the pictures that were taken along."""
    none = {f"bylines-{name}_FORMS": value for name, value in (("TOTAL", "0"), ("INITIAL", "0"))}
    return none | {"headline": draft.headline, "body": draft.with_photos(photos), "language": language_of(draft)}


def language_of(draft: Draft) -> str:
    """Return the language of whose letters there are more, if the outlet publishes in it."""
    letters = draft.headline + re.sub(r"<[^>]*>", "", draft.body)
    russian, english = (len(re.findall(signs, letters)) for signs in ("[А-Яа-яЁё]", "[A-Za-z]"))
    language = "ru" if russian > english else "en"
    return language if language in desk_used() else desk_language()


def told_of(draft: Draft, taken: int) -> list[str]:
    """Say what came along as photos, what did not, and what stands elsewhere."""
    told, lost = [], draft.left_out + len(draft.pictures) - taken
    if taken:
        told.append(
            ngettext(
                "%(number)d picture of the file stands in the text. Name who made it on its own page.",
                "%(number)d pictures of the file stand in the text. Name who made them on their own pages.",
                taken,
            )
            % {"number": taken}
        )
    if lost:
        told.append(
            ngettext(
                "%(number)d picture of the file was left out: it is none that can be taken in.",
                "%(number)d pictures of the file were left out: they are none that can be taken in.",
                lost,
            )
            % {"number": lost}
        )
    if draft.notes:
        told.append(
            ngettext(
                "%(number)d note of the file stands at the end of the text, its number in brackets in its place.",
                "%(number)d notes of the file stand at the end of the text, their numbers in brackets in their places.",
                draft.notes,
            )
            % {"number": draft.notes}
        )
    return told
