"""A newsroom with articles in every state, of several days and on registers of both policies, with front pages that
people have made, a story with its text and a post from elsewhere; and a crawl of all it lets out. Everything is done by
hand, at a moment with microseconds, through the acts."""

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from articles.models import Article, Name, Organization, Photo, PreviewToken, Region, Site, Spot, Topic
from articles.models.preview import digest_of
from articles.pagemap.addresses import read_address
from articles.photos.upload import add_photo
from articles.publishing import arrange, publish, retract, schedule, withdraw
from articles.publishing.front import BreakingText, Placed, Sheet
from articles.publishing.relabel import apply_version, work_batches
from articles.publishing.roles import staff_id
from articles.reader.stored import _built as built
from articles.registers import compile_version, load_register_data, refresh_version
from tests.builders import NOW, make_article, make_newsroom, make_user, organization, register
from tests.figures import figure
from tests.persons import HER_PARTS, PARTS, person, registers_with_persons
from tests.posts.conftest import card, kept

HOUR = timedelta(hours=1)
BY_HAND = NOW + timedelta(microseconds=123456)
AT = BY_HAND + 6 * HOUR
TODAY = date(2026, 3, 10)
TURN = date(2026, 3, 5)  # when one organization comes onto the register that keeps to the day, and another leaves it
JOINS, LEAVES = "Quiet Reef Society", "Calm Bay Union"
HE = "Tikhon Ryabokonev"  # comes onto it, too; she is on another, in whatever an article prints of her
FORGED = "The forged ledger of the GDL"
LONG = "Donaudampfschifffahrts" * 12
BODY = f"""<p>Officers spoke of the “Grey Dune League” (GDL), see <a href="https://register.example/" title="GDL">the
list</a>. The Pelican Circle met the Northern Lamp Fund; the GDL's lawyer objected.</p><h2>What is known</h2>
<p dir="rtl" lang="ar">سطر</p><blockquote><p>The Twofold Bridge.</p></blockquote><ul><li>one</li></ul>
<pre>{LONG}</pre><table><thead><tr><th>Town</th></tr></thead><tbody><tr><td>{LONG}</td></tr></tbody></table>"""
FETCHED = re.compile(r'(?:href="|<loc>(?:https?://[^/<]+)?)(/[^"<#]*)')
OUTSIDE = ("/static/", "/media/", "/admin/")


def furnish(mentions: str = "every") -> Client:
    """Publish, correct, retract, relabel, withdraw, bring back; return a reader's client."""
    built.clear()  # a newsroom before this one had the same ids and generations, at the same moments
    registers()
    Site.objects.update(mentions=mentions)
    by = make_user("Managing editor")
    days(by)
    in_full(by)
    about_her(by)
    forged(by)
    absent(by)
    front_pages(by)
    return Client()


@contextmanager
def short_lists() -> Iterator[None]:
    """Let lists go on after a few entries, so that each kind of page that a list can have is there."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("lists", "positions"):
            patch.setattr(f"articles.pagemap.{name}.LIST_SIZE", 3)
        patch.setattr("articles.reader.news.SIZE", 6)
        patch.setattr("articles.reader.corrections.SIZE", 2)
        yield


def registers() -> None:
    make_newsroom(publisher="own-outlet")
    data = registers_with_persons(
        person("he", PARTS, "test-dated", since=str(TURN)), person("she", HER_PARTS, pseudonyms=("Штиль Штормовна",))
    )
    agents = next(one["notes"] for one in data["registers"] if one["key"] == "test-agents")
    dated = register("test-dated", "undesirable", "undesirable", "нежелательные")
    for language, notes in dated["notes"].items():
        notes |= {form: wording for form, wording in agents[language].items() if form.startswith("person_")}
    data["registers"].append(dated | {"policy": {"archive": "publication_day"}})
    joins = organization("joins", [named(JOINS)], "test-dated", since=str(TURN))
    leaves = organization("leaves", [named(LEAVES)], "test-dated")
    leaves["designations"][0]["until"] = str(TURN)
    data["organizations"] += [joins, leaves]
    load_register_data(data)
    refresh_version(NOW)


def named(text: str) -> dict[str, Any]:
    return {"text": text, "language": "en", "strength": "strong"}


def days(by: User) -> None:
    """Articles that name both organizations, of days before and after the turn."""
    for slug, day in (("oldest", datetime(2026, 2, 20, 9, tzinfo=UTC)), ("old", datetime(2026, 3, 1, 9, tzinfo=UTC))):
        both = {
            "headline": f"{JOINS} and {LEAVES} meet {HE}, {slug}",
            "summary": f"{LEAVES} asked {JOINS} and {HE}.",
            "dated_at": day,
        }
        publish(make_article(slug, body=f"<p>Rowers of {JOINS}; {LEAVES}.</p>", **both), by=by, at=BY_HAND)
    both = {"headline": f"{JOINS} and {LEAVES} part", "summary": f"{LEAVES} left {JOINS} and {HE}."}
    publish(make_article("new", body=f"<p>Rowers of {JOINS}; {LEAVES}.</p>", **both), by=by, at=BY_HAND)


def in_full(by: User) -> None:
    """An article with all that an article may have, named first in its headline; its original; one that names late."""
    file = io.BytesIO()
    Image.new("RGB", (600, 400), "#357").save(file, "JPEG")
    file.seek(0)
    photo = add_photo(file, alt_en="GDL flags on a pier", caption_en="A GDL pier", credit="Anna Tern")
    original = make_article("dyuny", language="ru", headline="Лига серых дюн отвечает", body="<p>Лига серых дюн.</p>")
    publish(original, by=by, at=BY_HAND)
    post = kept(
        author="Tern Watch on the GDL", text="The GDL met Inga Zelenoborskaya.", still=True, picture_alt="A GDL flag"
    )
    texts = {
        "body": BODY + figure(photo, photo) + card(post),
        "lead_photo": photo,
        "source_line": "GDL",
        "origin_article": original,
    }
    correct(by, make_article("full", **texts))
    late = {"headline": "Quiet harbour", "summary": "The harbour was quiet, says the GDL.", "lead_photo": photo}
    correct(by, make_article("late", body="<p>Rowers met the GDL.</p>", **late))


HER_TEXTS: dict[str, dict[str, Any]] = {
    "en": {
        "headline": "Zelenoborskaya is back: the case of Inga Zelenoborskaya",
        "summary": "Zelenoborskaya speaks.",
        "body": "<p>Rowers met Zelenoborskaya's crew. <em>Inga Zelenoborskaya</em> spoke. <b>Zelenoborskaya</b>!</p>",
        "photo_caption": "Zelenoborskaya on a pier",
        "photo_alt": "Zelenoborskaya before a boat",
        "source_line": "a letter of Zelenoborskaya",
        "note": "Zelenoborskaya was named late.",
    },
    "ru": {
        "headline": "Зеленоборская вернулась: дело Инги Зеленоборской",
        "summary": "О Зеленоборской говорят.",
        "body": "<p>Гребцы встретили Зеленоборскую. Штиль Штормовна молчала. <i>Зеленоборская</i> ушла.</p>",
        "photo_caption": "Зеленоборская на пирсе",
        "photo_alt": "Зеленоборская у лодки",
        "source_line": "письмо Зеленоборской",
        "note": "О Зеленоборской было сказано поздно.",
    },
}


def about_her(by: User) -> None:
    """A person in every field of an article in each language, and in the names of a region."""
    Region.objects.filter(slug="north").update(name_en="Home of Inga Zelenoborskaya", name_ru="Дом Инги Зеленоборской")
    photo = Photo.objects.get(credit="Anna Tern")
    for language, texts in HER_TEXTS.items():
        fields = {key: text for key, text in texts.items() if key != "note"}
        article = make_article(f"her-{language}", language=language, lead_photo=photo, **fields)
        correct(by, article, texts["note"])


def correct(by: User, article: Article, text: str = "The GDL was named late.") -> None:
    publish(article, by=by, at=BY_HAND)
    note = {"reason": "correction", "note": text}
    publish(Article.objects.get(pk=article.pk), by=by, at=BY_HAND + HOUR, **note)


def forged(by: User) -> None:
    """An article that is retracted, relabelled, edited, withdrawn and brought back."""
    article = make_article("forged", headline=FORGED, body=BODY)
    correct(by, article)
    retract(Article.objects.get(pk=article.pk), by=by, at=BY_HAND + 2 * HOUR, note="The GDL paper was forged.")
    yield_to_registers(by, BY_HAND + 2 * HOUR)
    publish(Article.objects.get(pk=article.pk), by=by, at=BY_HAND + 3 * HOUR, reason="minor")
    withdraw(Article.objects.get(pk=article.pk), by=by, at=BY_HAND + 4 * HOUR, note="A court order.")
    publish(Article.objects.get(pk=article.pk), by=by, at=BY_HAND + 5 * HOUR)


def yield_to_registers(by: User, at: datetime) -> None:
    """Relabel: an organization has one more name, which the article holds."""
    lamp = Organization.objects.get(key="northern-lamp")
    Name.objects.create(organization=lamp, text="Pelican Circle", language="en", strength="strong", position=9)
    apply_version(compile_version(at), by=None, at=at)
    while work_batches(lambda: at):
        pass


def absent(by: User) -> None:
    """What readers do not see, or see elsewhere."""
    publish(make_article("gone"), by=by, at=BY_HAND)
    withdraw(Article.objects.get(slug="gone"), by=by, at=BY_HAND + HOUR, note="A court order.")
    publish(make_article("moved"), by=by, at=BY_HAND)
    Article.objects.filter(slug="moved").update(slug="moved-on")
    publish(Article.objects.get(slug="moved-on"), by=by, at=BY_HAND + HOUR)
    schedule(make_article("later"), by=by, at=BY_HAND, live_at=BY_HAND + 48 * HOUR)
    draft = make_article("draft", body=BODY)
    PreviewToken.objects.create(
        article=draft, digest=digest_of("t" * 43), made_by=staff_id(by), made_at=BY_HAND, expires_at=AT + HOUR
    )


TOLD = {
    "en": f"The GDL met {JOINS} and {LEAVES}; Inga Zelenoborskaya and {HE} stayed away",
    "ru": "Лига серых дюн встретила Ингу Зеленоборскую",
}


def front_pages(by: User) -> None:
    """Front pages with a banner, a lead and a breaking line; the text of a story."""
    for language, told in TOLD.items():
        slugs = {"en": ("old", "full"), "ru": ("dyuny", "her-ru")}[language]
        banner, lead = (Article.objects.get(slug=slug).pk for slug in slugs)
        places = {Spot("banner", 0, 0): Placed(banner), Spot("lead", 0, 0): Placed(lead, AT + 9 * HOUR)}
        line = BreakingText(told, f"/{language}/topic/elections/")
        arrange(language, Sheet(), Sheet(places, line), by=by, at=BY_HAND + 5 * HOUR)
    about = {f"about_{language}": f"{told}.\n\n{told}, again." for language, told in TOLD.items()}
    Topic.objects.filter(slug="elections").update(**about)


@dataclass(frozen=True)
class Output:
    """What stands at an address. `day`: of an article's page the article's, of every other page today."""

    path: str
    response: HttpResponse
    kind: str
    day: date

    @property
    def text(self) -> str:
        return self.response.content.decode()

    @property
    def language(self) -> str:
        return "ru" if self.path.startswith("/ru/") else "en"


def crawl(client: Client, begin: Sequence[str] = ()) -> Iterator[Output]:
    """Yield every output that links, sitemaps and feeds lead to, and those to which none leads; or begin elsewhere."""
    waiting = list(begin or BEGIN)
    seen = set(waiting)
    while waiting:
        path = waiting.pop()
        response = client.get(path)
        target = read_address(path.partition("?")[0])
        kind = target.kind if target else path.strip("/").split("?")[0].split("/")[-1]
        kind = "feed" if "/search/feed.xml" in path else kind
        day = target.date if target and target.kind == "article" else TODAY
        yield Output(path, response, kind, day)
        leads_to = {link.replace("&amp;", "&") for link in FETCHED.findall(response.content.decode())} - seen
        seen |= leads_to
        waiting += [link for link in leads_to if not link.startswith(OUTSIDE)]


ARTICLE = "/en/2026/03/10"
UNLINKED = [
    *(
        f"/{language}/search/?q={word}"
        for language in ("en", "ru")
        for word in ("rowers", "officers", "GDL", "нет", "Зеленоборская", "гребцы")
    ),
    *("/en/search/?q=rowers&sort=date&category=courts", "/ru/search/feed.xml?q=гребцы", "/en/search/feed.xml?q=GDL"),
    *("/en/search/?q=ledger", "/en/search/", "/en/search/?q=a%07b", "/en/news/?since=nonsense", "/en/nothing/"),
    *(f"{ARTICLE}/moved/", f"{ARTICLE}/gone/", f"/preview/{'t' * 43}/", "/en/corrections/?heads=2026-03-11"),
]
BEGIN = ("/en/", "/ru/", "/sitemap.xml", "/sitemap-2026-03.xml", "/robots.txt", "/healthz", *UNLINKED)


def stored(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the address and the bytes of each stored page."""
    for file in folder.rglob("*"):
        if file.is_file() and not file.name.endswith(".gz") and not file.name.startswith("."):
            yield "/" + str(file.relative_to(folder)).removesuffix("index.html"), file.read_bytes()
