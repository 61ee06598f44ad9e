"""Photos for the text of articles, and figures that name them."""

import io

from PIL import Image

from articles.models import Photo
from articles.photos.upload import add_photo


def png(colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "PNG")
    return out.getvalue()


def photo(colour: str = "red", **texts: str) -> Photo:
    return add_photo(io.BytesIO(png(colour)), **texts)


def figure(*photos: Photo, align: str = "") -> str:
    """Return the figure of photos as a body holds it."""
    ids = " ".join(str(one.pk) for one in photos)
    return f'<figure data-photo="{ids}"' + (f' data-align="{align}"' if align else "") + "></figure>"
