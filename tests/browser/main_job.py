"""The main job, from the empty form to the reader's archive, for any article of that shape."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from articles.models import Article, Category, Release
from articles.publishing import publish
from tests.browser.desk import begin_article, confirm, log_in_by_form, open_preview, press, save

EARLIER = (
    ("bridge-closed", "The bridge is closed for repairs", datetime(2024, 3, 4, 9, 15, tzinfo=UTC)),
    ("ferry-returns", "The ferry returns to its pier", datetime(2024, 3, 11, 15, 40, tzinfo=UTC)),
    ("school-opens", "A school opens on the hill", datetime(2024, 3, 20, 6, 5, tzinfo=UTC)),
)


@dataclass(frozen=True)
class Sample:
    """An article as it must be printed, with its marks; what is typed in is the same without asterisks and notes."""

    headline: str
    paragraphs: tuple[str, ...]
    caption: str
    note: str
    mentions: int
    day: date
    clock: str
    category: str
    source: str
    origin_outlet: str
    origin_day: date
    origin_clock: str
    origin_zone: str
    origin_url: str
    own_notice: str
    photo: Path


def publish_earlier(editor: User) -> None:
    """Publish three articles dated earlier in the month."""
    for slug, headline, dated_at in EARLIER:
        article = Article.objects.create(
            language="en",
            slug=slug,
            headline=headline,
            body="<p>More is not known yet.</p>",
            category=Category.objects.order_by("pk")[0],
            dated_at=dated_at,
        )
        publish(article, by=editor, at=timezone.now() - timedelta(minutes=5))


def do_main_job(page: Page, editor: User, sample: Sample) -> str:
    """Write, look at the mentions, publish; return the address of the article."""
    log_in_by_form(page, editor)
    begin_article(
        page,
        category=sample.category,
        body="".join(f"<p>{unmarked(paragraph)}</p>" for paragraph in sample.paragraphs),
        fields={
            "headline": unmarked(sample.headline),
            "photo_caption": unmarked(sample.caption),
            "dated_at_0": sample.day.isoformat(),
            "dated_at_1": sample.clock,
            "origin_outlet": sample.origin_outlet,
            "origin_published_at_0": sample.origin_day.isoformat(),
            "origin_published_at_1": sample.origin_clock,
            "origin_zone": sample.origin_zone,
            "origin_url": sample.origin_url,
            "source_line": sample.source,
        },
    )
    page.set_input_files("[name=new_photo]", sample.photo)
    save(page)
    expect(page.locator(".mention.marked")).to_have_count(sample.mentions)
    expect(page.locator(".mention.unclear")).to_have_count(0)
    expect(open_preview(page).locator("h1")).to_have_text(sample.headline)
    press(page, "Publish now")
    expect(page.get_by_text(f"{sample.mentions} mentions will be marked.")).to_be_visible()
    confirm(page, "Publish now")
    expect(page.get_by_text("The article is published.")).to_be_visible()
    return page.locator(".facts a").inner_text()


def unmarked(text: str) -> str:
    return text.replace("*", "")


def texts(found: Locator) -> list[str]:
    """Return what is printed, blanks drawn together."""
    return [" ".join(text.split()) for text in found.all_text_contents()]


def see_article(page: Page, path: str, sample: Sample) -> None:
    """Read the article block: exactly these marks, one note, own notice, origin, source."""
    page.goto(path)
    story = page.locator("article.story")
    assert texts(story.locator("h1")) == [sample.headline]
    assert texts(story.locator(".body p")) == list(sample.paragraphs)
    assert story.locator("sup.mark").count() == sample.mentions
    assert texts(story.locator("figcaption")) == [sample.caption]
    assert texts(story.locator(".legal-note")) == [sample.note]
    assert texts(story.locator(".own-notice")) == [sample.own_notice]
    assert story.locator("> :first-child").get_attribute("class").startswith("own-notice")  # type: ignore[union-attr]
    assert texts(story.locator(".dateline time")) == [f"{sample.day.day} {sample.day:%B %Y}, {sample.clock}"]
    origin = texts(story.locator(".origin"))[0]
    for part in (sample.origin_outlet, f"{sample.origin_day.day} {sample.origin_day:%B %Y}", sample.origin_clock):
        assert part in origin
    assert sample.origin_zone in origin
    assert story.locator(".origin a").get_attribute("href") == sample.origin_url
    assert texts(story.locator(".source")) == [f"Source: {sample.source}"]
    story.locator("sup.mark a").first.click()
    expect(story.locator(".legal-note:target")).to_be_visible()


def see_all_news(page: Page, path: str) -> None:
    """See the list beneath: the earlier articles with their times, newest first, and the link to the archive."""
    page.goto(path)
    news = page.locator(".all-news")
    assert texts(news.locator("li a")) == [headline for _slug, headline, _dated in reversed(EARLIER)]
    assert texts(news.locator("li time")) == ["20 March 2024, 09:05", "11 March 2024, 18:40", "4 March 2024, 12:15"]
    assert news.get_by_role("link", name="News archive").get_attribute("href") == "/en/archive/"


def see_archive(page: Page, path: str, sample: Sample) -> None:
    """Find the article, marked and with the list's note, on the pages of its day, its month and its category."""
    category = Release.objects.get(edition__headline=unmarked(sample.headline)).category.slug
    day, month = f"{sample.day:/en/archive/%Y/%m/%d/}", f"{sample.day:/en/archive/%Y/%m/}"
    for address in (day, month, f"/en/category/{category}/", f"{sample.day:/en/category/{category}/%Y/%m/}"):
        page.goto(address)
        listed = page.locator("main section.list").first
        assert texts(listed.locator(f"a[href='{path}']")) == [sample.headline], address
        assert texts(listed.locator(".legal-note")) == [sample.note], address
