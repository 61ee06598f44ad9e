"""The filters of all news."""

from datetime import timedelta

import pytest
from django import forms
from django.contrib.auth.models import User
from django.http import QueryDict
from django.test.html import parse_html

from articles.models import Category, Region, Release, Topic
from articles.publishing import publish
from articles.reader.filters import ReleaseFilter
from tests.builders import NOW, make_article


def filters(query: str) -> ReleaseFilter:
    models = {"category": Category, "region": Region, "topic": Topic}
    return ReleaseFilter(
        QueryDict(query),
        Release.objects.live(NOW),
        **{kind: model.objects.values_list("slug", "name_en") for kind, model in models.items()},
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"one", "two"}),
        ("category=courts", {"two"}),
        ("region=north", {"one"}),
        ("topic=sea", {"two"}),
        ("since=2026-03-10", {"one"}),
        ("until=2026-03-09", {"two"}),
        ("since=2026-03-09&until=2026-03-10&category=politics", {"one"}),
    ],
)
def test_filters_choose(managing: User, query: str, expected: set[str]) -> None:
    Topic.objects.create(slug="sea", name_en="Sea", name_ru="Море")
    publish(make_article("one"), by=managing, at=NOW)
    two = make_article("two", category="courts", dated_at=NOW - timedelta(days=1))
    two.regions.set(Region.objects.none())
    two.topics.set(Topic.objects.filter(slug="sea"))
    publish(two, by=managing, at=NOW)
    chosen = filters(query)
    assert not chosen.errors
    assert set(chosen.qs.values_list("edition__slug", flat=True)) == expected


def test_no_filter_asks_for_distinct_rows(managing: User) -> None:
    statement = str(filters("category=politics&region=north&topic=elections&since=2026-01-01").qs.query)
    assert "DISTINCT" not in statement and statement.count("JOIN") == 0, statement


@pytest.mark.parametrize("query", ["category=x", "region=%00", "topic=1", "since=1.4.2026", "until=2026-02-30"])
def test_impossible_values_are_told_at_their_field(managing: User, query: str) -> None:
    chosen = filters(query)
    assert not chosen.qs.exists()
    assert list(chosen.errors) == [query.split("=")[0]]


@pytest.mark.parametrize("query", ["", "region=north", "region=%3Cb%3E", "category=x&since=1.4.2026"])
def test_a_choice_is_what_the_library_makes_of_it(managing: User, query: str) -> None:
    Region.objects.create(slug="a-b", name_en="A & <b>B</b>", name_ru="А")
    chosen = filters(query)
    chosen.is_valid()
    for field in chosen.form:
        widget = field.field.widget
        attrs = field.build_widget_attrs({"id": field.auto_id}, widget)
        if isinstance(widget, forms.Select):
            plain = forms.Select(widget.attrs, widget.choices).render(field.name, field.value(), attrs)
            assert parse_html(str(field)) == parse_html(plain)
