"""Photos for tests: flat ones, one that no file can be told from another, and a portrait with its face at the top."""

import io

from PIL import Image, ImageDraw

from articles.models import Photo
from articles.photos.upload import add_photo

FACE, COAT = (220, 40, 40), (40, 60, 160)


def portrait(**texts: object) -> Photo:
    """Store a portrait of 600 × 1,500 pixels: the uppermost fifth is the face, with the focal point in it."""
    image = Image.new("RGB", (600, 1500), COAT)
    ImageDraw.Draw(image).rectangle((0, 0, 600, 300), fill=FACE)
    return stored(image, focal_x=0.5, focal_y=0.1, **texts)


def flat(size: tuple[int, int] = (900, 600), colour: str = "teal", **texts: object) -> Photo:
    """Store a photo of one colour."""
    return stored(Image.new("RGB", size, colour), **texts)


def stored(image: Image.Image, **texts: object) -> Photo:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=95)
    file.seek(0)
    return add_photo(file, **texts)
