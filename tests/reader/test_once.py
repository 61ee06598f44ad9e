"""A part that is rendered once is what it would be without that, or an error: never something else in silence."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import pytest
from django.template import Context, Template, TemplateSyntaxError, VariableDoesNotExist
from django.utils import translation
from django.utils.safestring import SafeString

from articles.models import Category
from articles.reader.visit import PrintedFrame
from articles.templatetags.once import Unchanging

WORDS = ("language", "name", "tagline", "here", "front", "news", "archive", "corrections", "search", "site_feed")


@dataclass(frozen=True)
class Site(Unchanging):
    name: str
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Anything(Unchanging):
    value: Any


def site(name: str = "Herald", language: str = "en") -> Site:
    return Site(language, name, (("a", "/a/"), ("b", "/b/")))


def shown(text: str, **values: Any) -> str:
    with translation.override("en"):
        return Template("{% load i18n once static %}" + text).render(Context(values))


@pytest.mark.parametrize(
    "part",
    [
        "{{ site.name }}",
        "{{ site.name|length }} {% if site.name == 'Herald' %}equal{% endif %}",
        "{% for name, path in site.parts %}{{ forloop.counter }}{{ name|upper }}{{ path }}{% empty %}none{% endfor %}",
        "{% with n=site.parts|length %}{% if n > 1 %}{{ n }} parts{% endif %}{% endwith %}",
        "{% translate 'All news' %} {% blocktranslate with name=site.name %}More on {{ name }}{% endblocktranslate %}",
        "{% static 'articles/site.css' %}",
        "{# nothing #}",
    ],
)
def test_it_is_what_it_would_be_without(part: str) -> None:
    for one in (site(), site("<b>"), site(SafeString("<b>"))):  # type: ignore[arg-type]
        assert shown(f"{{% once site %}}{part}{{% endonce %}}", site=one) == shown(part, site=one)


def test_it_is_rendered_once_for_each_value() -> None:
    template = Template("{% load once %}{% once site %}{{ site.name }}{% endonce %}")
    one, other, same = site(), site("Tidings"), site()
    with translation.override("en"):
        assert [template.render(Context({"site": value})) for value in (one, other, one)] == [
            "Herald",
            "Tidings",
            "Herald",
        ]
        (node,) = one.texts
        one.texts[node] = SafeString("kept")
        assert [template.render(Context({"site": value})) for value in (one, other, same)] == [
            "kept",
            "Tidings",
            "Herald",
        ]


def test_two_parts_of_one_value_are_two() -> None:
    assert shown("{% once site %}1{% endonce %}{% once site %}2{% endonce %}", site=site()) == "12"


@pytest.mark.parametrize(
    "part",
    [
        "{{ page }}",
        "{{ page.title|default:'none' }}",
        "{{ site.name|add:page }}",
        "{% if page %}one{% endif %}",
        "{% if page == site.name %}one{% endif %}",
        "{% if site.name in page %}one{% else %}two{% endif %}",
        "{% for one in page %}{{ one }}{% empty %}none{% endfor %}",
        "{% for one in site.parts %}{% if page %}{% endif %}{% endfor %}",
        "{% blocktranslate %}More on {{ page }}{% endblocktranslate %}",
        "{% with one=page %}{{ one }}{% endwith %}",
        "{% firstof page 'none' %}",
        "{% csrf_token %}",
    ],
)
@pytest.mark.parametrize("page", ["given", None])
def test_nothing_else_can_be_read(part: str, page: str | None) -> None:
    values = {"page": page, "csrf_token": page} if page else {}
    with pytest.raises((LookupError, VariableDoesNotExist), match=r"{% once site %} cannot read \w+\.|key \[page\]"):
        shown(f"{{% once site %}}{part}{{% endonce %}}", site=site(), **values)


@pytest.mark.parametrize(
    "text",
    [
        "{% once site %}{% block main %}{% endblock %}{% endonce %}",
        "{% once site %}{% if site %}{% include 'articles/_notes.html' %}{% endif %}{% endonce %}",
        "{% once site %}{% now 'Y' %}{% endonce %}",
        "{% once %}{% endonce %}",
        "{% once site page %}{% endonce %}",
        "{% once site %}",
    ],
)
def test_what_could_not_be_kept_does_not_compile(text: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        shown(text, site=site())


@pytest.mark.parametrize("value", ["Herald", ("Herald",), {"name": "Herald"}, ["Herald"], None])
def test_what_can_change_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="might change"):
        shown("{% once site %}x{% endonce %}", site=value)


def test_a_value_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError, match="site"):
        shown("{% once site %}x{% endonce %}")


@pytest.mark.parametrize(
    "value", [1, None, ["a"], {"a": "b"}, ("a", ["b"]), date(2026, 3, 10), Category(), (("a", 1),), lambda: "a"]
)
def test_a_value_is_made_of_strings_and_tuples(value: object) -> None:
    with pytest.raises(TypeError, match=r"Anything\.value might change"):
        Anything("en", value)


def test_the_language_must_be_the_value_s() -> None:
    with pytest.raises(LookupError, match="the language is en, not ru"):
        shown("{% once site %}{% translate 'All news' %}{% endonce %}", site=site(language="ru"))


def test_the_frame_of_pages_is_such_a_value() -> None:
    frame = PrintedFrame(**dict.fromkeys(WORDS, "x"), categories=())
    assert {one.name for one in fields(frame)} == {*WORDS, "categories", "texts"}
    with pytest.raises(AttributeError):
        frame.name = "y"  # type: ignore[misc]
