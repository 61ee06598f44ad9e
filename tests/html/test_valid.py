"""Every page type of a newsroom whose articles were published by hand is valid HTML, by the Nu Html Checker."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.db import transaction
from django.test import override_settings

from tests.conftest import JAVA, VNU
from tests.reader.whole import AT, crawl, furnish, short_lists

KINDS = {
    *("front", "news", "article", "archive", "year", "month", "day", "rubric", "rubric_month", "search"),
    *("corrections", "t" * 43, "nothing"),
}


@pytest.fixture
def pages(db: None, tmp_path: Path) -> Iterator[dict[str, tuple[str, str, bytes]]]:
    """The HTML outputs: file name → address, kind and bytes."""
    places = override_settings(MEDIA_ROOT=tmp_path / "media", PAGES_DIR=tmp_path / "pages")
    with places, short_lists(), time_machine.travel(AT, tick=False), transaction.atomic():
        html = [one for one in crawl(furnish()) if one.response.headers.get("Content-Type", "").startswith("text/html")]
        yield {
            f"{number}.html": (one.path, one.kind, one.response.content) for number, one in enumerate(html) if one.text
        }


def checked(folder: Path) -> list[tuple[str, str, str]]:
    """Return the errors in the files of a folder: file name, message, what stands there."""
    given = [str(JAVA), "-jar", str(VNU), "--stdout", "--exit-zero-always", "--format", "json", str(folder)]
    answer = subprocess.run(given, capture_output=True, text=True, timeout=300)
    assert answer.stdout, answer.stderr
    messages = json.loads(answer.stdout)["messages"]
    return [
        (one["url"].rpartition("/")[2], one["message"], one.get("extract", ""))
        for one in messages
        if one["type"] != "info"
    ]


def test_every_page_type_is_valid(pages: dict[str, tuple[str, str, bytes]], tmp_path: Path) -> None:
    folder = tmp_path / "html"
    folder.mkdir()
    for name, (_path, _kind, body) in pages.items():
        (folder / name).write_bytes(body)
    assert {kind for _path, kind, _body in pages.values()} >= KINDS
    assert [(pages[name][0], *said) for name, *said in checked(folder)] == []


def test_the_checker_sees_a_fraction_of_a_second(tmp_path: Path) -> None:
    """What made each page that was published by hand invalid."""
    page = (
        '<!doctype html><html lang="en"><title>T</title><p><time datetime="2026-03-10T15:00:00.123456+03:00">t</time>'
    )
    (tmp_path / "page.html").write_text(page)
    [(name, message, _extract)] = checked(tmp_path)
    assert name == "page.html" and "fraction of a second" in message
