"""Templates are templates: each page's may loop, filter and compare, an outlet's own stands in for the house's, each is
used by something, and none prints what nobody gives it."""

import copy
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth.models import User
from django.template import engines
from django.test.signals import template_rendered

from articles.models import Region, Site, Topic
from articles.publishing import publish
from newsroom import checks
from tests.builders import NOW, make_article

from .conftest import See
from .whole import AT, crawl, furnish

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "templates"
NAMES = sorted(file.relative_to(FOLDER).as_posix() for file in FOLDER.rglob("*") if file.is_file())
EXTENDS = '{% extends "base.html" %}'
PAGES = [name for name in NAMES if name.startswith("articles/") and (FOLDER / name).read_text().startswith(EXTENDS)]
LATER = NOW + timedelta(hours=1)
OWN = "/en/2026/03/10/dunes/"
Write = Callable[[str, str], None]


@pytest.fixture
def write(tmp_path: Path, settings: Any) -> Write:
    """Write a template into the outlet's own folder."""
    house, own = copy.deepcopy(settings.TEMPLATES), tmp_path / "own"
    assert house[0]["DIRS"] == [settings.TEMPLATES_DIR, FOLDER]
    house[0]["DIRS"][0] = own

    def put(name: str, text: str) -> None:
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        (own / name).write_text(text, encoding="utf-8")
        settings.TEMPLATES = copy.deepcopy(house)

    return put


@pytest.fixture
def stories(managing: User) -> None:
    """An article under a region and two topics, and three before it, two of them on its first topic."""
    topics = [Topic.objects.create(slug=slug, name_en=slug.title(), name_ru=slug) for slug in ("sea", "tides")]
    region = Region.objects.create(slug="kelmar", name_en="Kelmar", name_ru="Кельмар")
    for number in range(3):
        story = make_article(f"story-{number}", headline=f"Story {number}")
        story.topics.set(topics[:1] if number else [])
        publish(story, by=managing, at=NOW + timedelta(minutes=number))
    story = make_article("dunes")
    story.topics.set(topics)
    story.regions.set([region])
    publish(story, by=managing, at=NOW + timedelta(minutes=9))


def own_footer(text: str) -> str:
    """Return what a template's footer holds, and what stands before it."""
    found = re.search(r"(?s)<!-- own (.*?) -->\s*<footer class=\"colophon\">", text)
    assert found
    return found[1]


# What a template is given


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("{{ rubrics|length }}", "3"),
        ('{% for rubric in rubrics %}{{ rubric|named:"en"|upper }} {% endfor %}', "KELMAR SEA TIDES"),
        ('{% if category.slug == "politics" %}equal{% else %}other{% endif %}', "equal"),
        ('{% if category.slug != "politics" %}other{% else %}equal{% endif %}', "equal"),
        ('{% if topic == "Sea" and "Sea" in topic %}equal{% endif %}', "equal"),
        ("{{ news.items|length }} {{ related.items|length }}", "3 2"),
        ("{% for item in news.items|slice:':2' %}{{ item.headline|striptags }}, {% endfor %}", "Story 2, Story 1,"),
        ("{{ news.items.0.headline|length }}", "7"),
        ("{% if related.items|length < news.items|length %}fewer{% endif %}", "fewer"),
        ('{{ date|date:"Y" }} {{ date|day|upper }}', "2026 10 MARCH 2026"),
        ("{% if form|length > 100 %}long{% endif %} {{ form|truncatechars:9|length }}", "long 9"),
        (
            "{% if earlier %}{{ earlier.path }}{% endif %}{% if later %}{{ later.path }}{% endif %}",
            "/en/2026/03/10/story-2/",
        ),
        ("{{ card.title|lower|wordcount }} {{ languages|length }} {{ translations|length }}", "9 2 0"),
        ("{{ head.alternates|length }} {% firstof head.feed 'none' %}", "1 none"),
        ("{% regroup rubrics by kind as kinds %}{% for kind in kinds %}{{ kind.list|length }}{% endfor %}", "12"),
    ],
)
@pytest.mark.usefixtures("stories")
def test_an_article_s_template_may_do_what_templates_do(see: See, write: Write, written: str, printed: str) -> None:
    write(
        "articles/article.html",
        '{% extends "articles/article.html" %}{% load newsroom %}'
        f"{{% block footer %}}<!-- own {written} -->{{{{ block.super }}}}{{% endblock %}}",
    )
    assert own_footer(see(OWN, LATER)).strip() == printed


EVERY = """{% extends "NAME" %}{% block footer %}<!-- own {{ frame.categories|length }}
{% for name, to in frame.categories %}{% if to == frame.here %}here{% else %}{{ name|upper }}{% endif %}|{% endfor %}
{% if frame.language == "en" %}English{% else %}{{ frame.language }}{% endif %} {{ languages|length }}
{% if head.indexed and head.canonical|length > 9 %}indexed{% else %}hidden{% endif %} {{ at|date:"Y" }} -->
{{ block.super }}{% endblock %}"""


def test_every_page_may(write: Write, db: None) -> None:
    """All kinds of pages, each through a template of the outlet's own that extends the house's."""
    for name in PAGES:
        write(name, EVERY.replace("NAME", name))
    with time_machine.travel(AT, tick=False):
        client, seen, indexed = furnish(), set[str](), 0
        categories = {"en": "COURTS|POLITICS|", "ru": "СУДЫ|ПОЛИТИКА|"}
        with rendered() as names:
            for output in crawl(client):
                if not output.response.headers.get("Content-Type", "").startswith("text/html") or not output.text:
                    continue
                count, named, told, last = own_footer(output.text).splitlines()
                language = {"English": "en", "ru": "ru"}[told.split()[0]]
                assert (count, told.split()[1]) == ("2", "2"), output.path
                if output.kind == "rubric" and "/category/" in output.path and not output.path[-2].isdigit():
                    assert named.count("here") == 1, output.path
                else:
                    assert named == categories[language], output.path
                assert last.split() in (["indexed", "2026"], ["hidden", "2026"]), output.path
                indexed += last.startswith("indexed")
                seen.add(output.kind)
    assert indexed > 20
    assert seen >= {"front", "news", "article", "archive", "year", "month", "day", "rubric", "rubric_month", "search"}
    # Those that are behind a login, and the link that opens no more: tests/publishing and test_preview ask for them.
    assert set(PAGES) - names <= {"articles/shown.html", "articles/preview_ended.html"}


class rendered:
    """Note the names of all templates that are rendered meanwhile."""

    def __enter__(self) -> set[str]:
        self.names = set[str]()
        template_rendered.connect(self.note)
        return self.names

    def note(self, template: Any, **_: Any) -> None:
        self.names.add(str(template.name))

    def __exit__(self, *_: object) -> None:
        template_rendered.disconnect(self.note)


# An outlet's own


def test_there_is_one_frame_and_every_page_extends_it() -> None:
    sources = "".join(file.read_text() for file in (ROOT / "articles/reader").glob("*.py"))
    assert sorted(re.findall(r'\bpage\(\s*visit,\s*"([^"]+)"', sources)) == sorted(PAGES)
    whole = [name for name in NAMES if "<html" in (FOLDER / name).read_text() and not name.startswith("admin/")]
    assert whole == ["base.html", "plain.html"]  # the second for when no page can be made


@pytest.mark.parametrize(
    ("name", "text", "there", "gone"),
    [
        ("base.html", EXTENDS + "{% block footer %}<p>Ours{% endblock %}", "<p>Ours", 'class="colophon"'),
        ("base.html", EXTENDS + "{% block masthead %}<p>Ours{% endblock %}", "<p>Ours", 'class="masthead"'),
        ("base.html", EXTENDS + "{% block styles %}{{ block.super }}<link>{% endblock %}", 'svg+xml">\n<link>', "<!--"),
        ("base.html", "{% block main %}{% endblock %}{{ head.title|upper }}", "GDL* CELLS", "<html"),
        ("articles/article.html", "{{ form }} alone", "</article>\n alone", "<html"),
        ("articles/_card.html", "<meta name=ours content={{ card.title|wordcount }}>", "content=9>", "og:title"),
        ("articles/_notes.html", "{% for n in notes %}{{ n.glyph }}={{ notes|length }}{% endfor %}", "*=1", "=legal"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("stories")
def test_a_template_of_the_outlet_stands_in_for_the_house_s(
    see: See, write: Write, managing: User, name: str, text: str, there: str, gone: str
) -> None:
    publish(make_article("named", headline="The GDL answers"), by=managing, at=NOW + timedelta(minutes=5))
    before = see(OWN, LATER)
    assert there not in before
    write(name, text)
    after = see(OWN, LATER)
    assert there in after
    assert gone not in after
    assert after.count("</article>") == before.count("</article>")  # the rest is the house's


@pytest.mark.usefixtures("stories")
def test_what_is_not_marked_safe_is_escaped(see: See) -> None:
    Topic.objects.filter(slug="sea").update(name_en="<b>Sea</b> & land")
    Site.objects.update(name_en="<i>Herald")
    text = see(OWN, LATER)
    assert "<b>Sea" not in text and "<i>Herald" not in text
    assert text.count("&lt;b&gt;Sea&lt;/b&gt; &amp; land") == 3  # filed under, more on it, the whole story
    assert text.count("&lt;i&gt;Herald") >= 4


@pytest.mark.usefixtures("stories")
def test_a_changed_name_is_printed_at_once_by_all_parts_of_the_frame(see: See) -> None:
    """The parts that are rendered once are those of the old name."""
    before = see(OWN, LATER)
    Site.objects.update(name_en="Tidings", tagline_en="All that floats")
    text = see(OWN, LATER)
    assert before.count("Tern Herald") >= 4 and "Tern Herald" not in text
    assert text.count(">Tidings</a>") == 2
    assert "All that floats</p>" in text and "All that floats" not in before


def test_a_broken_template_of_the_outlet_is_refused(write: Write) -> None:
    write("articles/day.html", "{% for %}")
    (found,) = checks.templates_compile(None)
    assert found.msg.startswith("Template articles/day.html: ")


# Nothing left over, nothing missing


def leads_to(name: str) -> Iterator[str]:
    """Yield what names a template: sources and other templates; the handlers and libraries that look for it."""
    quoted = re.compile(rf"[\"']{re.escape(name)}[\"']")
    for folder in ("articles", "newsroom"):
        yield from (str(file) for file in (ROOT / folder).rglob("*.py") if quoted.search(file.read_text()))
    yield from (one for one in NAMES if one != name and quoted.search((FOLDER / one).read_text()))
    if name.startswith(("admin/articles/registers/", "admin/articles/article/")):  # views say only the last part
        sources = {file: file.read_text() for file in (ROOT / "articles/admin").rglob("*.py")}
        stem, printed = f'"{Path(name).stem}"', re.compile(r"page\(\s*request, ?")
        yield from (str(file) for file, text in sources.items() if stem in text and printed.search(text))
    if re.fullmatch(r"(400|403|403_csrf|404|500)\.html", name):
        yield "Django's handlers"
    if name == "429.html" or re.fullmatch(r"allauth/elements/\w+__manage\.html", name):
        yield "allauth: a limit of attempts; an element of the pages on which an account is managed"
    mail = re.fullmatch(r"(account/email/\w+)_(?:message|subject)\.txt", name)
    if mail:
        yield from (str(file) for file in (ROOT / "articles/accounts").glob("*.py") if mail[1] in file.read_text())
    if re.fullmatch(r"admin/articles/\w+/change_form\.html", name):
        apps.get_model("articles", name.split("/")[2])
        yield "Django's admin"
    loader = engines["django"].engine.template_loaders[0].loaders[1]
    yield from (str(place.loader) for place in loader.get_template_sources(name) if Path(place.name).exists())


@pytest.mark.parametrize("name", NAMES)
def test_each_template_is_used(name: str) -> None:
    assert list(leads_to(name))


def test_a_template_that_nothing_uses_is_found() -> None:
    assert list(leads_to("articles/_left_over.html")) == []


def test_no_template_prints_what_nobody_gives_it(settings: Any, db: None) -> None:
    """A misspelt name prints nothing, and nobody sees it."""
    marked = copy.deepcopy(settings.TEMPLATES)
    marked[0]["OPTIONS"]["string_if_invalid"] = "⟦%s⟧"
    settings.TEMPLATES = marked
    assert engines["django"].from_string("{{ frame.nmae }}").render({}) == "⟦frame.nmae⟧"
    with time_machine.travel(AT, tick=False):
        outputs = {one.path: one.text for one in crawl(furnish()) if not one.response.streaming}
    assert len(outputs) > 60
    assert [(path, re.findall("⟦.*?⟧", text)) for path, text in outputs.items() if "⟦" in text] == []
