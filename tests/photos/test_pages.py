"""What readers load of photos: pictures in the formats and widths that were made, and the form untouched."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from articles.baking import bake_everything, make_renditions
from articles.editions import reading_form
from articles.models import Article, Photo, Release, Rendition
from articles.pagemap import media_path
from articles.pagemap.addresses import rendition_path
from articles.photos.files import web_file
from articles.publishing import publish, withdraw
from articles.publishing.previews import make_link
from articles.reader.pages import build
from articles.reader.pictures import TEASERS, MadeFile, read, with_pictures
from tests.builders import NOW, make_article, make_newsroom, make_user

from .shots import flat, portrait, stored

pytestmark = pytest.mark.django_db
STORY = "/en/2026/03/10/dunes/"


@pytest.fixture(autouse=True)
def folders(settings: object, tmp_path: Path) -> Path:
    settings.PAGES_DIR, settings.MEDIA_ROOT = tmp_path / "pages", tmp_path / "media"  # type: ignore[attr-defined]
    make_newsroom()
    return tmp_path


class Tags(HTMLParser):
    """The tags of a page, with their attributes, in their order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def all(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.found if tag in names]


def page(path: str = STORY) -> Tags:
    built = build(path, NOW)
    assert built.status == 200
    return Tags(built.body.decode())


def shown(photo: Photo, **fields: object) -> Article:
    article = make_article(lead_photo=photo, photo_alt="A dune", **fields)
    publish(article, by=make_user("Managing editor"), at=NOW)
    return article


def make_all() -> None:
    while make_renditions(NOW):
        pass


def widths(srcset: str | None) -> list[int]:
    return [int(one.rpartition(" ")[2].removesuffix("w")) for one in (srcset or "").split(", ")]


def test_an_article_offers_what_was_made_and_its_form_stays_as_it_is() -> None:
    photo = flat((1600, 1000))
    shown(photo)
    form = reading_form(Release.objects.get())
    before, img, after = re.split("(<img [^>]*>)", form)
    make_all()
    html = build(STORY, NOW).body.decode()
    assert html.index(before) < html.index(after) and img not in html
    tags = page()
    assert [one["type"] for one in tags.all("source")] == ["image/avif", "image/webp"]
    assert {tuple(widths(one["srcset"])) for one in tags.all("source")} == {(320, 480, 720, 1080, 1600)}
    [img] = tags.all("img")
    assert img["src"] == media_path(photo.web) and img["fetchpriority"] == "high" and "loading" not in img
    assert widths(img["srcset"]) == [320, 480, 720, 1080, 1600]
    assert (img["width"], img["height"], img["alt"]) == ("1600", "1000", "A dune")
    assert reading_form(Release.objects.get()) == form and f'data-sha256="{img["data-sha256"]}"' in form
    assert [one["href"] for one in tags.all("a") if one.get("class") == "whole"] == [media_path(photo.web)]


def test_all_that_is_offered_is_there(client: Client) -> None:
    shown(flat((1600, 1000)))
    make_all()
    html = "".join(build(path, NOW).body.decode() for path in (STORY, "/en/", "/en/news/"))
    addresses = set(re.findall(r"/media/[\w./-]+", html))
    assert len(addresses) > 25
    for address in addresses:
        answer = client.get(address)
        kinds = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
        assert (answer.status_code, answer["Content-Type"]) == (200, kinds[address.rpartition(".")[2]]), address


def test_every_picture_of_a_story_becomes_one_and_only_the_first_is_fetched_at_once() -> None:
    photos = [flat((1200, 800)), *(flat((900, 600), colour) for colour in ("olive", "navy"))]
    make_all()
    figures = "".join(
        f'<figure><img src="{media_path(one.web)}" width="{one.width}" height="{one.height}" alt=""></figure>'
        for one in photos[1:]
    )
    lead = f'<figure class="lead-photo">\n<img src="{media_path(photos[0].web)}" width="1200" height="800" alt="A">'
    html = f'<article class="story" id="story">{lead}</figure><div class="body">{figures}</div></article>'
    tags = Tags(with_pictures(html))
    assert len(tags.all("picture")) == 3
    assert [one.get("loading") for one in tags.all("img")] == [None, "lazy", "lazy"]
    assert [one.get("fetchpriority") for one in tags.all("img")] == ["high", None, None]
    assert [one.get("aria-label") for one in tags.all("a")] == [None, "The whole picture", "The whole picture"]


def test_a_picture_that_is_linked_already_is_not_linked_again() -> None:
    photo = flat()
    html = f'<article class="story"><a href="/en/"><img src="{media_path(photo.web)}" alt="A dune"></a></article>'
    assert with_pictures(html).count("<a ") == 1


def test_a_picture_beside_the_stories_stays_as_a_template_has_it() -> None:
    html = f'<p><img src="{media_path(flat().web)}" alt=""></p>'
    make_all()
    assert with_pictures(html) == html


def test_a_teaser_shows_the_crop_of_its_place_and_keeps_its_room() -> None:
    photo = portrait()
    shown(photo)
    before = page("/en/").all("img")
    is_lead_and_block = [(media_path(photo.web), "600", "1500")] * 2
    assert [(one["src"], one["width"], one["height"]) for one in before] == is_lead_and_block
    make_all()
    tags = page("/en/")
    lead, block = tags.all("img")
    assert int(lead["width"] or 0) / int(lead["height"] or 1) == pytest.approx(16 / 9, abs=0.02)
    assert int(block["width"] or 0) / int(block["height"] or 1) == pytest.approx(3 / 2, abs=0.02)
    crops = ["/wide-" in (one["srcset"] or "") for one in tags.all("source")]
    assert crops == sorted(crops, reverse=True) and any(crops) and not all(crops)
    assert lead["fetchpriority"] == "high" and block["loading"] == "lazy" and "data-shown" not in lead
    listed = page("/en/news/")
    assert [one.get("media") for one in listed.all("source")] == ["(max-width: 36rem)"] * 2 + [None]
    assert [one["loading"] for one in listed.all("img")] == ["lazy"]


def test_hidden_pictures_are_not_printed_or_wait_to_be_seen() -> None:
    for number in range(12):
        publish(make_article(f"story-{number}", lead_photo=flat()), by=make_user("Managing editor"), at=NOW)
    make_all()
    images = page("/en/").all("img")
    assert len(images) == 5 + 1  # the leads, and the first of a category
    assert [one.get("loading") for one in images] == [None, *["lazy"] * 5]


@pytest.mark.parametrize("place", TEASERS)
def test_every_place_has_its_crops(place: str) -> None:
    photo = flat((1600, 1000))
    make_all()
    html = f'<img src="{media_path(photo.web)}" alt="" width="1600" height="1000" data-shown="{place}" loading="lazy">'
    tags = Tags(with_pictures(html))
    assert len(tags.all("picture")) == 1
    assert all(crop.place in str(tags.found) for crop in TEASERS[place])


def test_small_pictures_are_not_blown_up() -> None:
    shown(flat((260, 180)))
    make_all()
    assert [(one["width"], one["height"]) for one in page().all("img")] == [("260", "180")]
    assert max(int(one["width"] or 0) for one in page("/en/").all("img")) <= 260
    css = (Path(__file__).parents[2] / "articles/static/articles/site.css").read_text()
    for rule in (r"\.teaser img", r"\.lead-photo img"):
        assert not re.search(rf"{rule} {{[^}}]*[^-]width: 100%", css)


# Who may see them


def test_a_rendition_answers_as_its_photo_does(client: Client) -> None:
    photo = flat()
    make_all()
    article = make_article(lead_photo=photo)
    name = Rendition.objects.get().files[0]["name"]
    address, managing = rendition_path(photo.web, name), make_user("Managing editor")
    unknown = [f"/media/{photo.token}/whole-1-000000000000.avif", f"/media/{'0' * 32}/{name}"]
    assert [client.get(one).status_code for one in (address, *unknown)] == [404] * 3
    token = make_link(article, by=managing, at=timezone.now()).token
    seen = client.get(f"{address}?preview={token}")
    assert (seen.status_code, seen["Cache-Control"]) == (200, "private, no-store")
    assert f"{address}?preview={token}" in client.get(f"/preview/{token}/").content.decode()
    publish(article, by=managing, at=NOW)
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/avif")
    assert "immutable" in answer["Cache-Control"] and "s-maxage=600" in answer["Cache-Control"]
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert [client.get(one).status_code for one in unknown] == [404, 404]
    withdraw(Article.objects.get(), by=managing, at=NOW, note="Gone.")
    assert (client.get(address).status_code, client.get(media_path(photo.web)).status_code) == (404, 404)
    client.force_login(managing)
    assert client.get(address)["Cache-Control"] == "private, no-store"


def test_stored_pages_are_what_the_application_prints() -> None:
    shown(flat((1600, 1000)))
    make_all()
    bake_everything(NOW)
    from articles import pagestore

    for path in (STORY, "/en/", "/en/news/"):
        assert pagestore.get(path) == build(path, NOW).body


# What machines read


def test_a_feed_encloses_the_photo_with_its_length_and_type() -> None:
    photo = flat()
    shown(photo)
    feed = build("/en/feed.xml", NOW).body.decode()
    size = web_file(photo.web).stat().st_size
    enclosure = f'<enclosure url="http://testserver{media_path(photo.web)}" length="{size}" type="image/jpeg"/>'
    assert enclosure in feed and "<picture" not in feed
    web_file(photo.web).unlink()
    assert "<enclosure" not in build("/en/feed.xml", NOW).body.decode()


def test_cards_and_structured_data_name_crops_with_their_sizes() -> None:
    photo = flat((1600, 1200), credit="Photo: Grey Dune League")
    shown(photo)
    make_all()
    tags = page()
    metas = {one.get("property") or one.get("name"): one["content"] for one in tags.all("meta") if "content" in one}
    assert "/wide-1200-" in (metas["og:image"] or "") and (metas["og:image:width"], metas["og:image:height"]) == (
        "1200",
        "675",
    )
    assert metas["og:image:alt"] == metas["twitter:image:alt"] == "A dune"
    assert metas["twitter:card"] == "summary_large_image" and metas["twitter:image"] == metas["og:image"]
    html = build(STORY, NOW).body.decode()
    data = json.loads(html.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    sizes = [(one["width"], one["height"]) for one in data["image"]]
    assert sizes == [(1200, 675), (1200, 900), (1200, 1200), (1600, 1200)]
    assert {one["creditText"] for one in data["image"]} == {"Photo: Grey Dune League (listed as terrorist)"}


def test_without_renditions_they_name_the_web_size() -> None:
    photo = flat((1600, 1200))
    shown(photo)
    html = build(STORY, NOW).body.decode()
    data = json.loads(html.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    assert [one["url"] for one in data["image"]] == [f"http://testserver{media_path(photo.web)}"]
    assert f'<meta property="og:image" content="http://testserver{media_path(photo.web)}">' in html


# Bytes


@pytest.fixture
def noisy() -> Iterator[list[Photo]]:
    """Photos of the demo, as they are."""
    from PIL import Image

    folder = Path(__file__).parents[2] / "articles/fixtures/demo/photos"
    names = ("lighthouse", "port-dawn", "night-ferry")
    yield [stored(Image.open(folder / f"{name}.jpg").convert("RGB")) for name in names]


def test_a_phone_loads_less_of_three_pictures_than_of_one_web_size(noisy: list[Photo]) -> None:
    """At 390 pixels with two points to each, as browsers choose: the narrowest that is wide enough."""
    make_all()
    known = read([one.web for one in noisy])
    loaded = [
        min(one for one in known[photo.web] if (one.place, one.format) == ("whole", "avif") and one.width >= 716)
        for photo in noisy
    ]
    assert {one.width for one in loaded} == {720}
    assert sum(one.bytes for one in loaded) < min(web_file(photo.web).stat().st_size for photo in noisy)


IMAGE = '<img src="/media/a.jpg" width="1600" height="900" alt="">'
COLUMNS = {
    f'<figure class="photo figure-wide">{IMAGE}</figure>': "1020px",
    f'<figure class="photo">{IMAGE}</figure>': "697px",
    f'<figure class="photo figure-left">\n{IMAGE}</figure>': "340px",
    f'<div class="gallery"><figure class="photo">{IMAGE}</figure></div>': "340px",
    f'<div class="gallery figure-wide"><figure class="photo">{IMAGE}</figure></div>': "502px",
    f'<div class="gallery"></div><figure class="photo">{IMAGE}</figure>': "697px",
}


@pytest.mark.parametrize("html", COLUMNS)
def test_a_picture_is_offered_in_the_width_of_its_column(html: str) -> None:
    known = {"a.jpg": (MadeFile("whole", 720, 405, "avif", "whole-720.avif", 1),)}
    tags = Tags(with_pictures(f'<article class="story">{html}</article>', known))
    [img], [source] = tags.all("img"), tags.all("source")
    sizes = (img["sizes"] or "").split(", ")
    wide = next(one for one in sizes if "dppx" not in one)
    assert wide.endswith(f" {COLUMNS[html]}") and sizes[-2:] == ["(min-resolution: 2.5dppx) 61vw", "92vw"]
    assert source["sizes"] == img["sizes"]
