"""The main job on the sample article and the starter registers: what is printed is the sample, letter by letter."""

import json
from dataclasses import replace
from datetime import date

from django.core.management import call_command
from playwright.sync_api import Page

from articles.models import Category, Organization, Site
from tests.browser.main_job import (
    Sample,
    do_main_job,
    publish_earlier,
    see_all_news,
    see_archive,
    see_article,
    unmarked,
)
from tests.browser.test_main_job import PHOTO
from tests.builders import make_user
from tests.conftest import SHARED

PUBLISHER = "llc-memo-caucasian-knot"


def sample() -> Sample:
    """Read the sample: caption, date, headline, paragraphs, note, origin, source."""
    blocks = [block.strip() for block in (SHARED / "seed" / "article.txt").read_text("utf-8").split("\n\n")]
    lines = [block for block in blocks if block]
    note = next(number for number, line in enumerate(lines) if line.startswith("*"))
    caption, _dated, headline, *paragraphs = lines[:note]
    return Sample(
        headline=headline,
        paragraphs=tuple(paragraphs),
        caption=caption,
        note=lines[note],
        mentions=12,
        day=date(2024, 3, 25),
        clock="21:48",
        category="Security",
        source=next(line for line in lines if line.startswith("Source: ")).removeprefix("Source: "),
        origin_outlet="the Russian page of the outlet",
        origin_day=date(2024, 3, 22),
        origin_clock="05:02",
        origin_zone="MSK",
        origin_url="https://outlet.example/ru/original",
        own_notice="",
        photo=PHOTO,
    )


def make_outlet() -> str:
    """Load the registers, set the outlet's own organization; return the notice it must print."""
    call_command("load_registers", verbosity=0)
    known = set(Organization.objects.values_list("key", flat=True))
    for organization in Organization.objects.all():
        known |= set(organization.data.get("also_keys", ()))
    registry = json.loads((SHARED / "registers" / "registry.json").read_text("utf-8"))
    assert {organization["key"] for organization in registry["organizations"]} <= known
    Site(
        name_en="The outlet",
        name_ru="Издание",
        time_zone="Europe/Moscow",
        publisher=Organization.objects.get(key=PUBLISHER),
        own_notice_name="ИЗДАНИЕ",
    ).save()
    Category.objects.create(slug="security", name_en="Security", name_ru="Безопасность")
    notice = json.loads((SHARED / "registers" / "wording.json").read_text("utf-8"))["own_notice"]["ru"]["text"]
    return str(notice).replace("{name}", "ИЗДАНИЕ")


def test_sample_is_printed_as_it_is(live_server: object, page: Page, complaints: list[str]) -> None:
    expected = replace(sample(), own_notice=make_outlet())
    marks = sum(text.count("*") for text in (expected.headline, *expected.paragraphs))
    assert marks == expected.mentions
    assert "*" not in unmarked(expected.headline)
    editor = make_user("Editor")
    publish_earlier(editor)
    path = do_main_job(page, editor, expected)
    see_article(page, path, expected)
    see_all_news(page, path)
    see_archive(page, path, expected)
    assert complaints == []
