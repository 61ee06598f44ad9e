"""The newsroom that the tests of cards act in, and a card in it."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from PIL import Image

from articles.embeds.hosts import read_link
from articles.models import KeptPost
from articles.photos import upload
from articles.publishing.posts import keep_post
from tests.builders import NOW, make_newsroom, make_user

LINK = "https://www.youtube.com/watch?v=abcdefghijk"
WORD = "cormorantine"


def picture(colour: str = "red") -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (64, 36), colour).save(file, "PNG")
    file.seek(0)
    file.name = "still.png"
    return file


def kept(link: str = LINK, *, still: bool = False, **fields: Any) -> KeptPost:
    """Return a card that a managing editor has kept."""
    found = read_link(link)
    fields = {"author": "Tern Watch", "text": f"The {WORD} is back.\nLook!"} | fields
    post = KeptPost(kind=found.kind, number=found.number, link=found.link, **fields)
    prepared = upload.prepare(picture()) if still else None
    return keep_post(post, prepared, by=make_user("Managing editor"), at=NOW)


def card(post: KeptPost) -> str:
    return f'<figure data-post="{post.pk}"></figure>'


@pytest.fixture
def managing(db: None, settings: object, tmp_path: Path) -> User:
    settings.MEDIA_ROOT, settings.PAGES_DIR = tmp_path / "media", tmp_path / "pages"  # type: ignore[attr-defined]
    make_newsroom()
    return make_user("Managing editor")
