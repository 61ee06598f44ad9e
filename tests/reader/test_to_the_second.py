"""What is published by hand at any moment is printed to the second: microseconds are no valid HTML time."""

import re
from datetime import timedelta

import pytest

from articles.models import Release
from articles.pagemap.addresses import article_path
from articles.publishing import publish
from articles.reader.pages import build
from tests.builders import NOW, make_article, make_newsroom, make_user

BY_HAND = NOW.replace(microsecond=123456)
FRACTION = re.compile(r"\d{2}:\d{2}:\d{2}\.\d")
HOUR = timedelta(hours=1)


@pytest.mark.django_db
def test_no_page_prints_a_fraction_of_a_second() -> None:
    make_newsroom()
    editor, article = make_user("Editor"), make_article()
    publish(article, by=editor, at=BY_HAND)
    publish(article, by=editor, at=BY_HAND + HOUR, reason="correction", note="The number was wrong.")
    release = Release.objects.live(BY_HAND + 2 * HOUR).get()
    own = article_path("en", release.published_date, release.edition.slug)
    paths = [own, "/en/", "/en/news/", "/en/corrections/"]
    for path in paths:
        built = build(path, BY_HAND + 2 * HOUR)
        assert built.status == 200 and not FRACTION.search(built.body.decode()), path
    assert b'<time datetime="' in build(own, BY_HAND + 2 * HOUR).body
