"""Photos: taken in by `photos.upload`, which refuses SVG, bombs and broken files; shown as readers see them."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.widgets import UnfoldAdminFileFieldWidget

from articles.models import CameraFile, Photo
from articles.models.languages import columns
from articles.photos import upload
from articles.photos.files import web_path
from articles.publishing.photo_acts import touch_pages_with

from ..site.languages import in_used_languages
from ..zone import refuse_odd_year
from .pictures.own_page import OwnPageAdmin
from .pictures.taking import KEPT_AS_IT_CAME

ALTS, CAPTIONS = columns("alt"), columns("caption")
TEXTS = (*ALTS, *CAPTIONS, "credit", "licence", "focal_x", "focal_y", "rights_until")


class PhotoForm(forms.ModelForm):
    file = forms.FileField(
        label=_("File"),
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": upload.ACCEPTED}),
        help_text=_("JPEG, PNG, WebP or HEIC. Readers get a smaller copy without the camera's data."),
    )

    class Meta:
        model = Photo
        fields = TEXTS

    prepared: upload.PreparedPhoto | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields.pop("file", None)
        elif settings.KEEP_CAMERA_FILES and "file" in self.fields:
            self.fields["file"].help_text = format_lazy("{} {}", self.fields["file"].help_text, KEPT_AS_IT_CAME)
        if "rights_until" in self.fields:  # a form that may only be read has no fields
            self.fields["rights_until"].validators.append(refuse_odd_year)

    def clean(self) -> dict[str, Any]:
        """Read the file once nothing else stands against it; say at its field why it cannot be used."""
        cleaned = super().clean() or self.cleaned_data
        if "file" in self.fields and not self.errors:
            try:
                texts = {name: cleaned[name] for name in TEXTS if cleaned.get(name) is not None}
                self.prepared = upload.prepare(cleaned["file"], **texts)
                self.instance = self.prepared.photo
            except upload.PhotoError as error:
                self.add_error("file", str(error))
        return cleaned


@admin.register(Photo)
class PhotoAdmin(OwnPageAdmin):
    form = PhotoForm
    list_display = ("thumbnail", "__str__", "credit", "size", "uploaded_at")
    list_display_links = ("thumbnail", "__str__")
    search_fields = (*CAPTIONS, *ALTS, "credit", "file_name")
    readonly_fields = ("large", "size", "uploaded_at", "file_name", "as_it_came")

    def get_fieldsets(self, request: HttpRequest, obj: Photo | None = None) -> Any:
        head: tuple[Any, ...] = ("large", ("size", "uploaded_at", "file_name")) if obj else ("file",)
        if obj and CameraFile.objects.filter(photo=obj).exists():
            head += ("as_it_came",)
        fieldsets = (
            (None, {"fields": head}),
            (_("Texts"), {"fields": (ALTS, CAPTIONS, ("credit", "licence"))}),
            (_("Focal point"), {"fields": (("focal_x", "focal_y"),)}),
            (_("Rights"), {"fields": ("rights_until",)}),
        )
        return in_used_languages(fieldsets, Photo)

    def save_model(self, request: HttpRequest, obj: Photo, form: PhotoForm, change: bool) -> None:
        self.begin(request, obj)
        if form.prepared is not None:
            upload.store(form.prepared)
            return
        if "rights_until" in form.changed_data:
            obj.rights_told_at = None
        super().save_model(request, obj, form, change)
        if "rights_until" in form.changed_data:
            touch_pages_with(obj, timezone.now())

    @display(description=_("photo"))
    def thumbnail(self, photo: Photo) -> str:
        return picture(photo, "thumbnail")

    @display(description=_("photo"))
    def large(self, photo: Photo) -> str:
        return picture(photo, "picture")

    @display(description=_("web size"))
    def size(self, photo: Photo) -> str:
        return f"{photo.width} × {photo.height}"

    @display(description=_("the file as it came"))
    def as_it_came(self, photo: Photo) -> str:
        return gettext("Kept encrypted, with what the camera wrote into it; number of the photo: %(number)d.") % {
            "number": photo.pk
        }


def picture(photo: Photo, css_class: str) -> str:
    """Return the photo as an image element, or a warning when its file is gone."""
    if not web_path(photo).is_file():
        return format_html('<strong class="missing">{}</strong>', _("The file of this photo is missing."))
    return format_html(
        '<img class="{}" src="{}" alt="{}" loading="lazy">',
        css_class,
        reverse("media", args=[photo.web]),
        photo,
    )
