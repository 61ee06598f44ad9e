"""What the article's form holds of the photos in the text: their words for this article, and that they are there."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.editions.figures import LONGEST, NoTexts, Texts, ids_in, post_ids_in, read_texts, write_texts
from articles.models import KeptPost, Photo
from articles.photos.files import web_path

NO_TEXTS = gettext_lazy("The texts of the photos in the text could not be read: write them once more.")
TOO_LONG = {
    "alt": gettext_lazy(
        "The alternative text of photo %(photo)d in the text is longer than %(most)d characters: make it shorter."
    ),
    "caption": gettext_lazy(
        "The caption of photo %(photo)d in the text is longer than %(most)d characters: make it shorter."
    ),
}


class FigureTextsField(forms.CharField):
    """A hidden field, which the editor's dialog fills: `Article.figure_texts`."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> str:
        """Return the texts as they are stored."""
        try:
            return write_texts(read_texts(str(value or "")))
        except NoTexts as no:
            says = TOO_LONG.get(no.name, NO_TEXTS)
            raise forms.ValidationError(says, params={"photo": no.photo, "most": LONGEST.get(no.name, 0)}) from no

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what is said, however it is written."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except forms.ValidationError:
            return True


def settle(form: forms.ModelForm, cleaned: dict[str, Any]) -> None:
    """Complain, at the text, of photos and cards that readers would not find, and of what is said of photos; keep the
    words of those alone that stand in the text."""
    for error in form.errors.get("figure_texts", forms.utils.ErrorList()).as_data():
        form.add_error("body", error)
    form.errors.pop("figure_texts", None)
    ids = ids_in(cleaned.get("body") or "")
    for complaint in (*complaints_of(ids), *gone_posts(post_ids_in(cleaned.get("body") or ""))):
        form.add_error("body", complaint)
    if cleaned.get("figure_texts"):
        texts = read_texts(cleaned["figure_texts"])
        cleaned["figure_texts"] = write_texts({pk: row for pk, row in texts.items() if pk in ids})


def complaints_of(ids: list[int]) -> Iterator[str]:
    """Say which photos of a text are gone, or their files."""
    photos = Photo.objects.in_bulk(ids) if ids else {}
    for pk in dict.fromkeys(ids):
        if pk not in photos:
            yield _(
                "Photo %(photo)d in the text does not exist, or was removed: take it out, or put in another one."
            ) % {"photo": pk}
        elif not web_path(photos[pk]).is_file():
            says = _(
                "The file of photo %(photo)d in the text (“%(name)s”) is missing: take it out, or upload it again."
            )
            yield says % {"photo": pk, "name": Truncator(str(photos[pk])).chars(60)}


def gone_posts(ids: list[int]) -> Iterator[str]:
    """Say which cards of posts in a text are gone."""
    there = set(KeptPost.objects.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    for pk in dict.fromkeys(ids):
        if pk not in there:
            yield _("The card of a post in the text (number %(post)d) was removed: take it out, or keep it anew.") % {
                "post": pk
            }


def in_words(written: str) -> str:
    """Return `figure_texts` as people read it."""
    try:
        texts = read_texts(written)
    except NoTexts:
        return written
    says = {"alt": _("alternative text"), "caption": _("caption")}
    lines = (
        _("photo %(photo)d, %(what)s: %(text)s") % {"photo": pk, "what": says[name], "text": text}
        for pk, row in texts.items()
        for name, text in row.items()
    )
    return " · ".join(lines)


def merged(base: str, mine: str, theirs: str) -> str | None:
    """Put the words of photos together, text by text; None where both have changed the same."""
    try:
        before, own, other = read_texts(base), read_texts(mine), read_texts(theirs)
    except NoTexts:
        return None
    texts: Texts = {}
    for pk in before.keys() | own.keys() | other.keys():
        for name in LONGEST:
            was, here, there = (side.get(pk, {}).get(name, "") for side in (before, own, other))
            if was not in (here, there) and here != there:
                return None
            text = there if here == was else here
            if text:
                texts.setdefault(pk, {})[name] = text
    return write_texts({pk: {name: row[name] for name in LONGEST if name in row} for pk, row in texts.items()})
