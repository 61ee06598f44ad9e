"""The main job with an invented article of the sample's shape: twelve mentions, pairs, hyphens, one note."""

from datetime import date
from pathlib import Path

from django.contrib.auth.models import User
from playwright.sync_api import Page

from articles.models import Category
from tests.browser.main_job import Sample, do_main_job, publish_earlier, see_all_news, see_archive, see_article
from tests.builders import make_newsroom, make_user

PHOTO = Path(__file__).resolve().parents[2] / "articles" / "fixtures" / "demo" / "photos" / "port-dawn.jpg"
SAMPLE = Sample(
    headline="Claim that GDL* sank the dredger gains weight",
    paragraphs=(
        "The claim by “GDL-North”* that it sank a dredger off the sandbar is borne out by a harbour log. "
        "The raid resembles one of January, for which the “Grey Dune League” (GDL)* also took responsibility.",
        "The “Tern Herald” has reported that the League's statement, that of the “Grey Dune League” (GDL)*, stood "
        "on a page which follows the “Grey Dune League” (GDL)*. The part of the GDL* was named by two other papers. "
        "One of them added that the coast guard had heard of “Grey Dune League-North”* before.",
        "A film was posted, taken from a page close to the “Grey Dune League” (GDL)*.",
        "“Two men wear the same coats,” says a channel of boatmen.",
        "The “GDL-North”*, whose goal is the closure of the strait, blamed the port for dredging and for backing the "
        "fleet against the “Grey Dune League” (GDL)*, a paper writes.",
        "In January the “Grey Dune League” (GDL)* said that it had burnt a crane.",
        "“Its followers will take both raids for a feat that the GDL* hopes will mend its name,” says a researcher.",
    ),
    caption="The harbour at dawn. Still of a film made by a boatman",
    note="*The organization is listed as terrorist.",
    mentions=12,
    day=date(2024, 3, 25),
    clock="21:48",
    category="Courts",
    source="Tern Herald",
    origin_outlet="the Russian page of the Tern Herald",
    origin_day=date(2024, 3, 22),
    origin_clock="05:02",
    origin_zone="MSK",
    origin_url="https://herald.example/ru/dredger",
    own_notice="МАТЕРИАЛ СОЗДАН Вестник крачки.",
    photo=PHOTO,
)


def test_editor_publishes_and_reader_finds_it_marked(live_server: object, page: Page, complaints: list[str]) -> None:
    make_newsroom(publisher="own-outlet")
    editor: User = make_user("Editor")
    assert Category.objects.filter(name_en=SAMPLE.category).exists()
    publish_earlier(editor)
    path = do_main_job(page, editor, SAMPLE)
    assert path == "/en/2024/03/25/claim-that-gdl-sank-the-dredger-gains-weight/"
    see_article(page, path, SAMPLE)
    see_all_news(page, path)
    see_archive(page, path, SAMPLE)
    assert complaints == []
