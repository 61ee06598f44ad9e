"""A person comes onto the register of the demo newsroom, in a real browser, and is taken off it again.

Articles of the demo and new ones follow in both languages: headline, card, text, list, topic, feed, search, record. A
namesake is answered.
"""

import re
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles import baking
from articles.management.demo_loader import DEMO_LOGINS
from articles.models import Article, Batch, Category, Mention, PublicationRecord, Release, Topic
from articles.publishing import publish
from articles.publishing.record import verify
from tests.browser.desk import log_in

KEY = "demo-palt"
SURNAME = "Пальт"
NOTES = {
    "en": "Entered in Talmera’s register of foreign agents.",
    "ru": "Внесена в реестр иностранных агентов Тальмеры.",
}
INLINE = {
    "en": "(entered in Talmera’s register of foreign agents)",
    "ru": "(внесена в реестр иностранных агентов Тальмеры)",
}


@dataclass(frozen=True)
class Seen:
    """An article that readers see. `name`: as it has it, in its headline, too, or in its text alone."""

    release: Release
    name: str
    in_headline: bool

    @property
    def language(self) -> str:
        return self.release.language

    @property
    def path(self) -> str:
        return f"{self.release.published_date:/{self.language}/%Y/%m/%d}/{self.release.edition.slug}/"

    @property
    def day(self) -> str:
        return f"{self.release.published_date:/{self.language}/archive/%Y/%m/%d/}"


def work() -> None:
    """Do what the worker does: relabel, then store the pages."""
    while baking.work_relabels(timezone.now):
        pass
    baking.tick(timezone.now())


def write(slug: str, language: str, headline: str, body: str) -> Release:
    """Publish an article of the courts' desk by the demo's editor."""
    article = Article.objects.create(
        language=language,
        slug=slug,
        headline=headline,
        body=f"<p>{body}</p>",
        category=Category.objects.get(slug="courts"),
    )
    article.topics.set([Topic.objects.get(slug="palt-case")])
    return publish(article, by=User.objects.get(username="editor"), at=timezone.now())


def of_demo(story: str, name: str) -> Seen:
    """Return an article of the demo that speaks of her in its text once."""
    return Seen(Release.objects.live(timezone.now()).get(edition__slug=story), name, False)


@pytest.fixture
def shown(live_server: object, settings: Any, tmp_path: Path) -> list[Seen]:
    """Make the demo newsroom as `make run` does, with a topic named after somebody and articles about her."""
    settings.DEMO, settings.MEDIA_ROOT, settings.PAGES_DIR = True, tmp_path / "media", tmp_path / "pages"
    call_command("demo", stdout=StringIO(), stderr=StringIO())
    Topic.objects.create(slug="palt-case", name_en="The case of Rena Palt", name_ru="Дело Рены Пальт", position=90)
    english = write(
        "palt-leaves", "en", "Rena Palt gives up a defence", "Palt gave no reason. “Let her,” said the court."
    )
    russian = write(
        "palt-uhodit", "ru", "Рена Пальт отказалась от защиты", "Причин Пальт не назвала, суд её не удерживал."
    )
    write("dve-palt", "ru", "Две защитницы", "Рена Пальт спорила с Мартой Пальт. Судья выслушал, но Пальт настаивала.")
    work()
    return [
        Seen(english, "Rena Palt", True),
        Seen(russian, "Рена Пальт", True),
        of_demo("four-defendants-in-firebrand-case-stay-silent", "Rena Palt"),
        of_demo("chetvero-podsudimyh-po-delu-golovni", "Рена Пальт"),
    ]


def test_a_person_of_the_demo_is_listed_found_everywhere_and_taken_back(
    page: Page, complaints: list[str], shown: list[Seen]
) -> None:
    for one in shown:
        see(page, one, marked=False)
    before = PublicationRecord.objects.count()
    legal = next((user, password) for user, password, role in DEMO_LOGINS if role == "Legal")
    log_in(page, User.objects.get(username=legal[0]), legal[1])
    add_person(page)
    apply(page)
    work()
    for one in shown:
        see(page, one, marked=True)
    see_record(page, shown[0])
    anew = Release.objects.live(timezone.now()).filter(
        edition__reason="relabel", edition__mentions__organization__key=KEY
    )
    assert set(anew.values_list("edition__slug", flat=True)) == {one.release.edition.slug for one in shown} | {
        "dve-palt"
    }
    assert PublicationRecord.objects.count() == before + 2 * 5, "the end and the begin of five"
    answer_namesake(page)
    take_back(page)
    work()
    for one in shown:
        see(page, one, marked=False)
    assert not Mention.objects.filter(edition__release__in=Release.objects.live(timezone.now()), organization__key=KEY)
    assert verify() == []
    assert complaints == []


def add_person(page: Page) -> None:
    """Of her the keeper prints family name and given name."""
    page.goto(reverse("admin:articles_organization_add"))
    page.fill("[name=key]", KEY)
    page.select_option("[name=kind]", "person")
    page.fill("[name=family]", SURNAME)
    page.fill("[name=given]", "Рена")
    page.select_option("[name=gender]", "f")
    page.locator("#designations-group").get_by_text("Add another").click()
    page.select_option("[name=designations-0-register]", label="demo-foreign-agents")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("1 change waits")).to_be_visible()


def apply(page: Page) -> None:
    page.goto(reverse("admin:articles_pending_changelist"))
    expect(page.locator(".entries.added")).to_contain_text("Пальт Рена")
    expect(page.locator("#impact .samples ins").first).to_be_visible()
    page.fill("#impact [name=reason]", "Order 12 of the ministry.")
    page.locator("#impact").get_by_role("button", name="Apply").click()
    expect(page.get_by_text("Applied.")).to_be_visible()


def see_record(page: Page, one: Seen) -> None:
    """The record shows what readers saw before she was listed, and what they see now."""
    page.goto(reverse("admin:articles_shown", args=[one.release.article_id]))
    expect(page.locator("main, #content").first).to_contain_text("Rena Palt")
    out = StringIO()
    for moment, marked in ((one.release.live_at, False), (timezone.now(), True)):
        out = StringIO()
        call_command("shown", str(one.release.article_id), at=moment.isoformat(), stdout=out, stderr=StringIO())
        assert (NOTES["en"] in out.getvalue()) == marked


def answer_namesake(page: Page) -> None:
    """One question of the two: who insisted."""
    page.goto(reverse("admin:articles_unclearmention_changelist"))
    question = page.locator(".question", has_text="Две защитницы")
    expect(question).to_have_count(1)
    expect(question.locator("mark")).to_have_text(SURNAME)
    question.get_by_role("button", name="Not the one listed").click()
    expect(page.locator(".question.answered")).to_contain_text("not the one listed")
    page.reload()
    expect(page.locator(".question", has_text="Две защитницы")).to_have_count(0)


def take_back(page: Page) -> None:
    page.goto(reverse("admin:articles_batch_change", args=[Batch.objects.latest("pk").pk]))
    page.get_by_role("link", name="Take back").click()
    page.fill("[name=reason]", "The ministry has withdrawn it.")
    page.locator(".asking").get_by_role("button", name="Take back").click()
    expect(page.get_by_text("The registers are as they were before")).to_be_visible()


def see(page: Page, one: Seen, *, marked: bool) -> None:
    """See the marks and the note, or none: article, card, list, topic, feed, search."""
    note, name = NOTES[one.language], f"{one.name}*" if marked else one.name
    page.goto(one.path)
    expect(page.locator("article.story .legal-note", has_text=note)).to_have_count(1 if marked else 0)
    page.goto(f"/{one.language}/search/?q={one.name}")
    expect(page.locator("main article").get_by_text(one.name).first).to_be_visible()
    expect(page.locator("main").get_by_text(note)).to_have_count(1 if marked else 0)
    if one.in_headline:
        see_headline(page, one, name, marked=marked)


def see_headline(page: Page, one: Seen, name: str, *, marked: bool) -> None:
    note, inline = NOTES[one.language], INLINE[one.language]
    page.goto(one.path)
    expect(page.locator("article.story h1 sup.mark")).to_have_count(1 if marked else 0)
    expect(page.locator("article.story .body sup.mark")).to_have_count(1 if marked else 0)
    card = page.locator("meta[property='og:title']").get_attribute("content") or ""
    assert (inline in card) == marked
    page.goto(one.day)
    expect(page.locator("main section.list").first.get_by_text(one.name).first).to_contain_text(name)
    feed = page.request.get(f"/{one.language}/feed.xml").text()
    item = next(part for part in re.split("<(?:entry|item)>", feed) if one.release.edition.slug in part)
    assert (f"{one.name}*" in item, note in item) == (marked, marked)
    page.goto(f"/{one.language}/topic/palt-case/")
    expect(page.locator("h1 sup.mark")).to_have_count(1 if marked else 0)
    expect(page.locator("main .legal-note").get_by_text(note)).to_have_count(1 if marked else 0)
    topic_feed = page.request.get(f"/{one.language}/topic/palt-case/feed.xml").text()
    assert (inline in topic_feed.partition("</title>")[0]) == marked
