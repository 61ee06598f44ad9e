"""A person comes onto a register, in a real browser: found everywhere, a namesake answered, all taken back."""

from dataclasses import dataclass

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles import baking
from articles.models import Article, Batch, Mention, PublicationRecord, Release
from articles.publishing import publish
from articles.publishing.record import verify
from articles.registers import load_register_data, refresh_version
from tests.browser.desk import log_in
from tests.builders import make_article, make_newsroom, make_user
from tests.persons import PARTS, registers_with_persons


@dataclass(frozen=True)
class Seen:
    """What readers see of one article. `name`: as its headline has it; `note` and `inline`: of the register."""

    language: str
    path: str
    day: str
    name: str
    note: str
    inline: str


def work() -> None:
    """Do what the worker does: relabel, then store the pages."""
    while baking.work_relabels(timezone.now):
        pass
    baking.tick(timezone.now())


def published(slug: str, language: str, headline: str, body: str) -> Release:
    article = make_article(slug, language=language, headline=headline, summary="", body=f"<p>{body}</p>")
    return publish(article, by=make_user("Editor"), at=timezone.now())


def seen(release: Release, name: str, note: str, inline: str) -> Seen:
    day = f"{release.published_date:/{release.language}/archive/%Y/%m/%d/}"
    path = f"{release.published_date:/{release.language}/%Y/%m/%d}/{release.edition.slug}/"
    return Seen(release.language, path, day, name, note, inline)


@pytest.fixture
def shown(live_server: object) -> list[Seen]:
    """Publish an article about the person in each language, and one that names a namesake, too."""
    make_newsroom()
    load_register_data(registers_with_persons())
    refresh_version(timezone.now())
    russian = published("sud", "ru", "Тихон Рябоконев в суде", "Суд выслушал Рябоконева и отпустил его.")
    english = published("court", "en", "Tikhon Ryabokonev in court", "The court heard Ryabokonev and let him go.")
    published("dva", "ru", "Двое в одной лодке", "Тихон Рябоконев спорил с Петром Рябоконевым. Рябоконев победил.")
    work()
    return [
        seen(russian, "Тихон Рябоконев", "Признан агентом.", "(признан агентом)"),
        seen(english, "Tikhon Ryabokonev", "Named an agent.", "(named an agent)"),
    ]


def test_a_person_is_listed_found_everywhere_and_taken_back(
    page: Page, complaints: list[str], shown: list[Seen]
) -> None:
    for one in shown:
        see(page, one, marked=False)
    before = PublicationRecord.objects.count()
    log_in(page, make_user("Legal"))
    add_person(page)
    apply(page)
    work()
    for one in shown:
        see(page, one, marked=True)
    assert Mention.objects.filter(organization__key="ryabokonev", edition__reason="relabel").count() == 5
    assert PublicationRecord.objects.count() == before + 6, "the end of three releases, the begin of three others"
    answer_namesake(page)
    take_back(page)
    work()
    for one in shown:
        see(page, one, marked=False)
    assert verify() == []
    assert complaints == []


def add_person(page: Page) -> None:
    """Fill in the parts of the name and the register; the name that is looked for comes by itself."""
    page.goto(reverse("admin:articles_organization_add"))
    page.fill("[name=key]", "ryabokonev")
    page.select_option("[name=kind]", "person")
    for part in ("family", "given", "patronymic"):
        page.fill(f"[name={part}]", PARTS[part])
    page.select_option("[name=gender]", PARTS["gender"])
    page.locator("#designations-group").get_by_text("Add another").click()
    page.select_option("[name=designations-0-register]", label="test-agents")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("1 change waits")).to_be_visible()


def apply(page: Page) -> None:
    page.goto(reverse("admin:articles_pending_changelist"))
    expect(page.locator(".entries.added")).to_contain_text("Рябоконев Тихон Саввич")
    expect(page.locator("#impact .samples ins").first).to_be_visible()
    page.fill("#impact [name=reason]", "Order 12 of the keeper.")
    page.locator("#impact").get_by_role("button", name="Apply").click()
    expect(page.get_by_text("Applied.")).to_be_visible()


def answer_namesake(page: Page) -> None:
    """One question waits: which of the two has won."""
    page.goto(reverse("admin:articles_unclearmention_changelist"))
    question = page.locator(".question")
    expect(question).to_have_count(1)
    expect(question.locator("mark")).to_have_text("Рябоконев")
    expect(question.get_by_role("link", name="Never beside …")).to_be_visible()
    question.get_by_role("button", name="Not the one listed").click()
    expect(page.locator(".queue")).to_contain_text("Nothing is unclear.")
    expect(page.locator(".answered-list")).to_contain_text("not the one listed")
    assert not Article.objects.get(slug="dva").unclear_mentions.exists()


def take_back(page: Page) -> None:
    page.goto(reverse("admin:articles_batch_change", args=[Batch.objects.latest("pk").pk]))
    page.get_by_role("link", name="Take back").click()
    page.fill("[name=reason]", "The keeper has withdrawn it.")
    page.locator(".asking").get_by_role("button", name="Take back").click()
    expect(page.get_by_text("The registers are as they were before")).to_be_visible()


def see(page: Page, one: Seen, *, marked: bool) -> None:
    """See the marks and the note, or none: article, card, list, feed, search."""
    page.goto(one.path)
    expect(page.locator("article.story h1 sup.mark")).to_have_count(1 if marked else 0)
    expect(page.locator("article.story .body sup.mark")).to_have_count(1 if marked else 0)
    expect(page.locator("article.story .legal-note")).to_have_count(1 if marked else 0)
    if marked:
        expect(page.locator("article.story .legal-note")).to_contain_text(one.note)
    card = page.locator("meta[property='og:title']").get_attribute("content") or ""
    assert (one.inline in card) == marked
    page.goto(one.day)
    mine = page.locator("main section.list").first.get_by_text(one.name)
    expect(mine.first).to_contain_text(f"{one.name}*" if marked else one.name)
    feed = page.request.get(f"/{one.language}/feed.xml").text()
    assert (f"{one.name}*" in feed) == marked
    assert (one.note in feed) == marked
    page.goto(f"/{one.language}/search/?q={one.name}")
    expect(page.locator("main")).to_contain_text(f"{one.name}*" if marked else one.name)
