"""The form of an article's working copy: clean text in, every complaint at its field."""

import json
from typing import Any, cast

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.utils import ErrorDict
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorFormField
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminURLInputWidget

from articles import editions
from articles.editions import tracking
from articles.editions.lang_values import KNOWN, REGIONS, SCRIPTS
from articles.editions.slugs import RUSSIAN, slug_of
from articles.models import LANGUAGES, Address, Article, Photo
from articles.models.languages import desk_language, desk_used
from articles.models.printed import WRITTEN
from articles.photos import upload
from articles.photos.files import web_path

from ..zone import refuse_odd_year
from .editor_widget import ArticleTextWidget
from .figures.fields import FigureTextsField, settle

# What the editor offers; `editions.clean_html` decides what stays.
EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Strike": True,
    "Subscript": True,
    "Superscript": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Blockquote": True,
    "HorizontalRule": True,
    "HardBreak": True,
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
    "HTML": True,
    "Direction": {"languages": sorted(KNOWN), "scripts": sorted(SCRIPTS), "regions": sorted(REGIONS)},
    "LiveMarks": True,
    "PassageNotes": True,
    "Paste": tracking.for_script(),
    "Typography": True,
    "Counts": True,
    "FindReplace": True,
    "FullScreen": True,
    "OwnLinks": True,
    "KeptPosts": True,
    "Shortcuts": True,
    "Figures": True,
}

FIELDS = (
    *WRITTEN,
    *"language category slug lead_photo regions topics dated_at embargo_until origin_article origin_url".split(),
    *"figure_texts origin_published_at origin_zone translation_method".split(),
)
DEAD_LINK = _(
    "The link “%(words)s” leads nowhere: give it a whole address, such as https://example.org/, or take it away."
)
NO_SUCH_LINK = _(
    "The link “%(words)s” begins with “%(scheme)s:”, which no link of an article may: give it an address that begins "
    "with https://, or take it away."
)
MOST_TOLD = 10  # links
EXCESS = {
    "long": _(
        "The text has %(number)d characters with its markup, the longest that is taken has %(most)d: divide it into "
        "several articles."
    ),
    "deep": _(
        "The markup of the text stands too deep in itself, or much of it is never closed: paste the text without its "
        "formatting."
    ),
}
MOMENTS = ("dated_at", "embargo_until", "origin_published_at")


class BodyField(ProseEditorFormField):
    def to_python(self, value: Any) -> str:
        """Return the clean text, as it is stored; refuse what is longer or deeper than any text before it is parsed."""
        sent = str(value or "").replace("\r\n", "\n")
        excess = editions.excess(sent)
        if excess:
            raise forms.ValidationError(EXCESS[excess], params={"number": len(sent), "most": editions.LONGEST})
        return editions.clean_html(str(super().to_python(sent)))

    def clean(self, value: Any) -> str:
        """Refuse links whose address is empty, as the editor leaves one that it cannot take, or is none for readers."""
        clean = self.to_python(value)
        dead = [worded(words, scheme) for words, scheme in editions.dead_links(str(value or ""))]
        if dead:
            raise forms.ValidationError(dead[:MOST_TOLD])
        return clean

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare clean with clean: what the form, the editor and the cleaning add is no change."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except forms.ValidationError:
            return True


def worded(words: str, scheme: str) -> Any:
    """Say what is wrong with a link."""
    text = NO_SUCH_LINK if scheme else DEAD_LINK
    return text % {"words": Truncator(words[:1000]).chars(60), "scheme": scheme[:20]}


class ArticleForm(forms.ModelForm):
    body = BodyField(
        label=_("Text"),
        required=False,
        config={"extensions": EXTENSIONS},
        widget=ArticleTextWidget,
        help_text=_(
            "Write clean text: marks and notes are set by the system. Typed-in asterisks are listed and removed."
        ),
    )
    origin_url = forms.URLField(
        label=_("Address of the original"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=UnfoldAdminURLInputWidget,
    )
    new_photo = forms.FileField(
        label=_("Upload a new lead photo"),
        required=False,
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": upload.ACCEPTED}),
        help_text=_("JPEG, PNG, WebP or HEIC. The caption and the alternative text below go with it."),
    )
    figure_texts = FigureTextsField(
        label=_("Texts of the photos in the text"), required=False, max_length=editions.LONGEST
    )
    prepared: upload.PreparedPhoto | None = None
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Article
        fields = FIELDS

    class Media:
        scripts = "editor copies relogin typed live-preview photo-send photo-window"
        js = tuple(f"articles/{name}.js" for name in scripts.split())
        css = {"all": ("articles/photos.css",)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:  # a form that may only be read has no fields
            self.fields["slug"].required = False
            self.fields["slug"].widget.attrs["data-letters"] = json.dumps(RUSSIAN, ensure_ascii=False)
            self.fields["slug"].help_text = _("Latin letters, digits and hyphens; empty: made from the headline.")
            self.offer_languages()
            for name in MOMENTS:
                self.fields[name].validators.append(refuse_odd_year)
        self.initial["seen_version"] = self.instance.version if self.instance.pk else None

    def offer_languages(self) -> None:
        """Offer the languages that the outlet publishes in, beside the article's own; take the only one for given."""
        used, own = desk_used(), self.instance.language
        if "language" in self.fields:
            offered = [(code, label) for code, label in LANGUAGES if code in (own, *used)]
            cast(forms.ChoiceField, self.fields["language"]).choices = [*BLANK_CHOICE_DASH, *offered]
            self.initial.setdefault("language", desk_language())
        elif not self.instance.pk:
            self.instance.language = used[0]

    def is_valid(self) -> bool:
        """Say no, without a complaint, where what was typed is only to be looked through before it is sent again."""
        valid = super().is_valid()
        if "_look_through" in self.data:
            self._errors = ErrorDict()
            return False
        return valid

    def clean_lead_photo(self) -> Photo | None:
        """Refuse a photo whose file is gone: readers would see a hole."""
        photo: Photo | None = self.cleaned_data["lead_photo"]
        if photo is not None and not web_path(photo).is_file():
            raise forms.ValidationError(_("The file of this photo is missing: choose another one, or upload it again."))
        return photo

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.refuse_stale()
        if not cleaned.get("slug") and "slug" not in self.errors and cleaned.get("headline"):
            cleaned["slug"] = slug_of(cleaned["headline"])
            if not cleaned["slug"]:
                self.add_error("slug", _("The headline gives no address part: write one."))
        self.refuse_taken_address(cleaned)
        if "figure_texts" in self.fields:
            settle(self, cleaned)
        if not self.errors and cleaned.get("new_photo"):
            self.read_photo(cleaned)
        self.has_changed()  # compares cleaned texts, and remembers it: not to be done in the transaction
        return cleaned

    def refuse_stale(self) -> None:
        """Refuse to overwrite what someone else saved since this form was opened."""
        seen = self.cleaned_data.get("seen_version")
        stands = Article.objects.filter(pk=self.instance.pk).values_list("version", flat=True).first()
        if stands is not None and seen is not None and seen != stands:
            self.add_error(
                None,
                _("Someone else has saved this article at this very moment. Save once more to see what both wrote."),
            )

    def refuse_taken_address(self, cleaned: dict[str, Any]) -> None:
        """Refuse a slug that another article of the language and day has."""
        slug, language = cleaned.get("slug"), cleaned.get("language") or self.instance.language
        if not slug or not language:
            return
        first = self.instance.editions.order_by("number").first() if self.instance.pk else None
        dated_at = cleaned.get("dated_at") or (first.published_at if first else timezone.now())
        taken = Address.objects.filter(language=language, slug=slug, date=timezone.localdate(dated_at))
        if taken.exclude(article_id=self.instance.pk).exists():
            self.add_error("slug", _("Another article of that day has this address part."))

    def read_photo(self, cleaned: dict[str, Any]) -> None:
        """Read the uploaded picture."""
        language = cleaned.get("language") or self.instance.language
        texts = {
            f"caption_{language}": cleaned.get("photo_caption", ""),
            f"alt_{language}": cleaned.get("photo_alt", ""),
        }
        try:
            self.prepared = upload.prepare(cleaned["new_photo"], **texts)
        except upload.PhotoError as error:
            self.add_error("new_photo", str(error))

    def store_photo(self) -> None:
        """Store the picture that was read, and make it the lead photo."""
        if self.prepared is not None:
            self.instance.lead_photo = upload.store(self.prepared)
