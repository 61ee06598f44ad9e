"""A photo, its texts and its rights; the web sizes that it had before it was turned; the file that it came as; the
articles that name it.

File names are unguessable; readers get the web size only, stripped of metadata.
"""

import secrets
from datetime import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import CharField
from .languages import columns, desk_codes, in_language


def new_photo_token() -> str:
    """Return 32 hexadecimal digits that nobody can guess."""
    return secrets.token_hex(16)


class Photo(models.Model):
    """`original` and `web` are names inside the media folder, made by `articles.photos.upload`. `sha256`: of the file
    that is kept; `pixels`: of what it shows, upright, empty for photos taken in before that was counted. `file_name`:
    as the picture came, for the desk alone. `rights_until`: readers see the photo before that moment; `rights_told_at`:
    when the desk was mailed that it comes near."""

    token = CharField(max_length=32, unique=True, default=new_photo_token, editable=False)
    original = CharField(_("original file"), max_length=120, editable=False)
    web = CharField(_("web file"), max_length=120, editable=False)
    width = models.PositiveIntegerField(_("width of the web file, pixels"), editable=False)
    height = models.PositiveIntegerField(_("height of the web file, pixels"), editable=False)
    sha256 = CharField(max_length=64, editable=False)
    alt_en = CharField(_("alternative text in English"), max_length=300, blank=True)
    alt_ru = CharField(_("alternative text in Russian"), max_length=300, blank=True)
    caption_en = CharField(_("caption in English"), max_length=500, blank=True)
    caption_ru = CharField(_("caption in Russian"), max_length=500, blank=True)
    credit = CharField(_("credit"), max_length=200, blank=True)
    licence = CharField(_("licence"), max_length=100, blank=True)
    focal_x = models.FloatField(
        _("focal point, across"),
        default=0.5,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text=_("0 is the left edge, 1 the right edge."),
    )
    focal_y = models.FloatField(
        _("focal point, down"),
        default=0.5,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text=_("0 is the top edge, 1 the bottom edge."),
    )
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    file_name = CharField(_("file name"), max_length=200, blank=True, editable=False, db_default="")
    pixels = CharField(max_length=64, blank=True, db_index=True, editable=False, db_default="")
    rights_until = models.DateTimeField(
        _("rights end"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_(
            "From this moment readers find a line in place of the photo, wherever it stands. The desk is mailed two "
            "weeks before. Empty: the rights do not end."
        ),
    )
    rights_told_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        codes = desk_codes()
        texts = (getattr(self, column) for column in (*columns("caption", codes), *columns("alt", codes)))
        return next(filter(None, texts), self.file_name or self.token[:8])

    def has_ended(self, at: datetime) -> bool:
        """Say whether the rights have ended by the moment."""
        return self.rights_until is not None and self.rights_until <= at

    def alt(self, language: str) -> str:
        return in_language(self, "alt", language)

    def caption(self, language: str) -> str:
        return in_language(self, "caption", language)


class PhotoFile(models.Model):
    """A web size that a photo had before it was turned: editions that were issued with it go on naming it."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="former_files")
    web = CharField(max_length=120, unique=True)
    replaced_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.web


class CameraFile(models.Model):
    """A photo's file as it came, with all that the camera wrote into it, encrypted: only the secret key, which need not
    be on the server, opens it. `name`: below CAMERA_DIR. `sha256`, `size` in bytes: of the encrypted file, which tell
    nothing of what is in it."""

    photo = models.OneToOneField(Photo, on_delete=models.CASCADE, related_name="camera_file")
    name = CharField(max_length=120, unique=True)
    sha256 = CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    kept_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class PhotoUse(models.Model):
    """An article whose working copy or edition has named the photo at some time: where to look for its uses."""

    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="uses")
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="photo_uses")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["photo", "article"], name="photo_use_once")]

    def __str__(self) -> str:
        return f"{self.photo_id} → {self.article_id}"
