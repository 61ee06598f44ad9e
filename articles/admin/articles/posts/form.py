"""The form of a card: what is typed of a post, every complaint at its field."""

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from articles.embeds.hosts import KINDS, LinkError, PostLink, read_link, rule_of
from articles.models import KeptPost, Site
from articles.models.fields import TextEntry
from articles.models.languages import desk_language
from articles.photos import upload

from ...zone import YEARS

LONGEST_WRITTEN = 10_000  # characters; what is longer than a link can be is told in words of its own
KNOWN = ", ".join(name for _kind, name in KINDS)
COMPLAINTS = {
    "empty": _("Paste the link of the post."),
    "long": _("No link of a post is that long: copy it from the address bar once more."),
    "odd": _("No link of a post holds signs like these: copy it from the address bar once more."),
    "scheme": _("A link of a post begins with https://."),
    "http": _("The link begins with http://, which anyone on its way can change: copy the one with https://."),
    "host": _("Posts of %(host)s cannot be kept. Known are: %(known)s."),
    "alike": _("%(host)s looks like a site that is known, but is another one."),
    "shape": _("The link leads to %(host)s, but to no single post there that is open to all."),
}
TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--")
HTML = _("The text holds HTML (%(tag)s): paste the words alone.")


def read(written: str) -> PostLink:
    """Return what a link was read as; raise ValidationError with a sentence for the field."""
    try:
        return read_link(written)
    except LinkError as error:
        named = {"host": Truncator(error.host).chars(60), "known": KNOWN}
        raise forms.ValidationError(COMPLAINTS[error.reason], code=error.reason, params=named) from error


class PostLinkField(TextEntry):
    """A link, cleaned to that of its post."""

    widget = UnfoldAdminTextInputWidget

    def clean(self, value: Any) -> str:
        """Return the link written anew, without what only counts."""
        return read(str(super().clean(value) or "")).link


class KeptPostForm(forms.ModelForm):
    link = PostLinkField(
        label=_("Link"),
        required=False,
        max_length=LONGEST_WRITTEN,
    )
    file = forms.FileField(
        label=_("Still picture"),
        required=False,
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPEG, PNG or WebP, such as a screenshot. It is stored here: readers ask no other site for it."),
    )
    picture_out = forms.BooleanField(
        label=_("Take the still picture out"),
        required=False,
        widget=UnfoldBooleanWidget(),
        help_text=_("The card stays, with its words. What is published goes on showing the picture."),
    )
    ask = forms.BooleanField(
        label=_("Ask the site for what is left empty"), required=False, widget=UnfoldBooleanWidget()
    )
    prepared: upload.PreparedPhoto | None = None

    class Meta:
        model = KeptPost
        fields = ("link", "author", "text", "posted_on", "picture_alt", "is_gone")
        widgets = {"text": UnfoldAdminTextareaWidget(attrs={"rows": 6})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields.pop("link", None)
        if "link" in self.fields:  # said here, as a text that is put together at import is in one language for ever
            self.fields["link"].help_text = _("As it stands in the address bar: %(known)s.") % {"known": KNOWN}
        if not self.instance.picture_id:
            self.fields.pop("picture_out", None)
        if "ask" in self.fields and (self.instance.pk or not Site.current().fetch_posts):
            self.fields.pop("ask")

    def data_link(self) -> str:
        """Return the link of the post that was sent, "" where it is none."""
        try:
            return read(str(self.data.get("link", ""))).link
        except forms.ValidationError:
            return ""

    def clean_text(self) -> str:
        """Refuse markup: of what a page of the site shows, the words are kept."""
        text: str = self.cleaned_data["text"].replace("\r\n", "\n").strip()
        found = TAG.search(text)
        if found:
            raise forms.ValidationError(HTML, params={"tag": Truncator(found[0]).chars(20)})
        return text

    def clean_author(self) -> str:
        author: str = self.cleaned_data["author"].strip()
        found = TAG.search(author)
        if found:
            raise forms.ValidationError(HTML, params={"tag": Truncator(found[0]).chars(20)})
        return author

    def clean_posted_on(self) -> date | None:
        """Refuse a day that has not come anywhere yet, and one before there was anything to post to."""
        day: date | None = self.cleaned_data["posted_on"]
        if day is not None and day > timezone.localdate() + timedelta(days=1):
            raise forms.ValidationError(_("This day has not come yet."))
        if day is not None and day.year < max(YEARS[0], 1990):
            raise forms.ValidationError(_("There were no posts that year."))
        return day

    def clean(self) -> dict[str, Any]:
        """Refuse a card that would say nothing once the post is gone; read the picture when all else is well."""
        cleaned = super().clean() or self.cleaned_data
        if "link" in cleaned:
            found = read_link(cleaned["link"])
            self.instance.kind, self.instance.number = found.kind, found.number
        file, says = cleaned.get("file"), cleaned.get("text")
        asks = bool(cleaned.get("ask")) and bool(self.instance.kind) and bool(rule_of(self.instance.kind).oembed)
        stays = self.instance.picture_id and not cleaned.get("picture_out")
        if not self.errors and not (says or file or stays or asks):
            self.add_error(
                "text", _("Paste the words of the post, or add a picture: a link alone may be dead tomorrow.")
            )
        if not self.errors and file:
            self.read_picture(file, cleaned)
        elif not self.errors and not stays:
            self.instance.picture, cleaned["picture_alt"] = None, ""
        return cleaned

    def read_picture(self, file: Any, cleaned: dict[str, Any]) -> None:
        """Read the file, or say at its field why it cannot be used."""
        texts = {f"alt_{desk_language()}": cleaned.get("picture_alt", ""), "credit": self.instance.site}
        try:
            self.prepared = upload.prepare(file, **texts)
        except upload.PhotoError as error:
            self.add_error("file", str(error))
