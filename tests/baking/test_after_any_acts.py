"""After any sequence of acts, and no page dirty, every stored file is what the application renders, and nothing
else is on disk."""

import io
import random
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from articles import pagestore
from articles.baking import close_periods, tick, verify
from articles.baking.counts import reconcile
from articles.models import Address, Article, Category, Page, Photo, Region, Release, Topic
from articles.models.front import places
from articles.pagemap.addresses import front_path
from articles.photos.upload import add_photo
from articles.publishing import Refused, arrange, cancel, publish, record, retract, schedule, sheet_of, withdraw
from articles.publishing.front import BreakingText, Placed, Sheet
from articles.reader.pages import build
from tests.builders import make_article, make_newsroom, make_user

from .conftest import NOW

pytestmark = pytest.mark.django_db

Capture = Callable[..., AbstractContextManager[object]]
STEPS = 16
BETWEEN = 3  # acts between two looks at the store


def make_photo(colour: str) -> Photo:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, "PNG")
    file.seek(0)
    return add_photo(file)


class Newsroom:
    """Acts drawn at random; an act that the newsroom refuses is an act, too."""

    def __init__(self, seed: int, capture: Capture) -> None:
        make_newsroom()
        self.random = random.Random(seed)
        self.capture = capture
        self.at = NOW
        self.user = make_user("Managing editor")
        for colour in ("red", "blue"):
            make_photo(colour)
        self.topics = [Topic.objects.get_or_create(slug=slug)[0] for slug in ("elections", "sea")]
        self.acts = (self.new, self.new, self.change, self.change, self.plan, self.cancel, self.retract)
        self.acts += (self.withdraw, self.wait, self.tick, self.close, self.erase, self.place, self.place, self.say)
        self.done: Counter[str] = Counter()

    def step(self) -> None:
        """Do one act; what it puts off until its commit is done, as after a commit."""
        self.at += timedelta(seconds=self.random.randint(1, 4000))
        with self.capture(execute=True):
            act = self.random.choice(self.acts)
            with suppress(Refused):
                act()
                self.done[act.__name__] += 1

    def settle(self) -> None:
        """Let ticks pass until nothing is dirty."""
        for _ in range(20):
            self.at += timedelta(seconds=1)
            if not tick(self.at)["dirty"] and not Page.objects.dirty(self.at).exists():
                return
        raise AssertionError(list(Page.objects.dirty(self.at).values_list("path", "last_error")))

    def any_article(self) -> Article:
        articles = list(Article.objects.order_by("pk"))
        return self.random.choice(articles) if articles else self.draw()

    def draw(self) -> Article:
        """Return a new working copy: now and then a translation, dated back, with a photo."""
        others = list(Article.objects.filter(origin_article=None).order_by("pk"))
        origin = self.random.choice([None, None, *others])
        language = self.random.choice(("en", "en", "ru")) if origin is None else {"en": "ru"}.get(origin.language, "en")
        article = make_article(f"story-{Article.objects.count()}", language=language, origin_article=origin, authors=[])
        self.dress(article)
        return article

    def dress(self, article: Article) -> None:
        draw = self.random
        article.category = draw.choice(Category.objects.order_by("pk"))
        article.lead_photo = draw.choice([None, *Photo.objects.order_by("pk")])
        article.dated_at = draw.choice([None, None, article.dated_at, self.at - timedelta(days=draw.randint(0, 50))])
        article.save()
        article.topics.set(draw.sample(self.topics, draw.randint(0, 2)))
        article.regions.set(draw.sample(list(Region.objects.all()), draw.randint(0, 1)))

    def new(self) -> None:
        publish(self.draw(), by=self.user, at=self.at)

    def change(self) -> None:
        """Publish an article again: other rubrics, date, photo or address; perhaps with a correction."""
        article = self.any_article()
        self.dress(article)
        if self.random.random() < 0.4:
            Article.objects.filter(pk=article.pk).update(slug=f"moved-{self.random.randint(0, 9)}-{article.pk}")
        reason = self.random.choice(("minor", "update", "correction"))
        publish(article, by=self.user, at=self.at, reason=reason, note="The number was wrong.")

    def plan(self) -> None:
        article = self.random.choice([self.draw, self.any_article])()
        soon = self.at + timedelta(seconds=self.random.randint(60, 90_000))
        schedule(article, by=self.user, at=self.at, live_at=soon)

    def cancel(self) -> None:
        cancel(self.any_article(), by=self.user, at=self.at)

    def retract(self) -> None:
        retract(self.any_article(), by=self.user, at=self.at, note="It did not happen.")

    def withdraw(self) -> None:
        """No stored page shows the article when the click returns."""
        article = self.any_article()
        withdraw(article, by=self.user, at=self.at, note="By law.")

    def erase(self) -> None:
        """Erase an article that was withdrawn; the pictures that no other article uses go with it."""
        gone = list(Article.objects.filter(releases__ending="withdrawn", erasure=None).distinct().order_by("pk"))
        record.erase(self.random.choice(gone or [self.any_article()]), by=self.user, at=self.at, reason="By law.")

    def place(self) -> None:
        """Make a front page anew: some places stay, some are filled, some emptied, some for a while."""
        language = self.random.choice(("en", "en", "ru"))
        now, categories = sheet_of(language, self.at), Category.objects.values_list("pk", flat=True)
        kept = {place: one for place, one in now.places.items() if self.random.random() < 0.7}
        released = Release.objects.not_ended(self.at).filter(language=language).order_by("pk")
        for article, category in released.values_list("article_id", "category_id"):
            free = [one for one in places(categories) if one not in kept and one.category in (0, category)]
            if free and article not in {one.article for one in kept.values()}:
                kept[self.random.choice(free)] = Placed(article, self.some_time())
        arrange(language, now, Sheet(kept, now.line), by=self.user, at=self.at)

    def say(self) -> None:
        """Write the breaking line of a front page, or take it away; it hangs on an article, or on none."""
        address = Address.objects.filter(article=self.any_article(), current=True).first()
        language = address.language if address else "en"
        now, link = sheet_of(language, self.at), ""
        if address:
            link = f"/{address.language}/{address.date:%Y/%m/%d}/{address.slug}/"
        line = self.random.choice(
            [None, BreakingText("The GDL spoke", link, self.some_time()), BreakingText("It rains", "")]
        )
        arrange(language, now, Sheet(now.places, line), by=self.user, at=self.at)

    def some_time(self) -> datetime | None:
        return self.random.choice([None, self.at + timedelta(seconds=self.random.randint(60, 90_000))])

    def close(self) -> None:
        """Close the days that are over: their heads are printed."""
        close_periods(self.at)

    def wait(self) -> None:
        self.at += timedelta(hours=self.random.randint(1, 60))

    def tick(self) -> None:
        tick(self.at)


@pytest.mark.parametrize("seed", range(2))
def test_the_stored_front_pages_are_what_the_application_renders(
    seed: int, store: Path, django_capture_on_commit_callbacks: Capture
) -> None:
    """With many acts of those that people do to front pages, and of articles that come and go."""
    newsroom = Newsroom(seed, django_capture_on_commit_callbacks)
    for _ in range(4):
        with newsroom.capture(execute=True):
            newsroom.new()
    deck = [newsroom.place, newsroom.say] * 4
    deck += [newsroom.change, newsroom.plan, newsroom.withdraw, newsroom.wait, newsroom.new, newsroom.tick]
    newsroom.random.shuffle(deck)
    for act in deck:
        newsroom.acts = (act,)
        newsroom.step()
        newsroom.settle()
        for language in ("en", "ru"):
            path = front_path(language)
            assert pagestore.get(path) in (None, build(path, newsroom.at).body), newsroom.done
    assert newsroom.done["place"] and newsroom.done["say"], newsroom.done


@pytest.mark.parametrize("seed", range(3))
def test_the_store_is_what_the_application_renders(
    seed: int,
    store: Path,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Capture,
) -> None:
    monkeypatch.setattr("articles.pagemap.lists.LIST_SIZE", 2)  # lists go on after few articles
    newsroom = Newsroom(seed, django_capture_on_commit_callbacks)
    for number in range(STEPS):
        newsroom.step()
        if number % BETWEEN == 0:
            newsroom.settle()
            assert [str(difference) for difference in verify(newsroom.at)] == []
    newsroom.settle()

    assert [str(difference) for difference in verify(newsroom.at)] == []
    assert {str(path) for path in pagestore.stored_paths()} == {
        page.path for page in Page.objects.exclude(file_hash="")
    }
    assert reconcile(newsroom.at) == []
    assert record.verify() == []
    assert not Release.objects.due(newsroom.at).exists()
