"""What stands beneath an article."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from articles.models import Topic
from articles.pagemap.addresses import read_address
from articles.publishing import publish
from articles.reader import article
from articles.reader.pages import run
from tests.builders import NOW, make_article

PATH = "/en/2026/03/10/dunes/"


@pytest.mark.parametrize("first", ["gas-price", "gasoline"])
def test_the_related_articles_stand_under_the_name_of_their_topic(managing: User, first: str) -> None:
    """Which of two topics is the first the database says: many a collation passes over hyphens."""
    topics = {slug: Topic.objects.create(slug=slug, name_en=slug.title()) for slug in ("gas-price", "gasoline")}
    for slug in ("earlier", "dunes"):
        copy = make_article(slug)
        copy.topics.set(topics.values())
        publish(copy, by=managing, at=NOW)
    target, at = read_address(PATH), NOW + timedelta(hours=1)
    assert target
    [found] = article.gather([target], at)
    assert not isinstance(found, Exception)
    story, beneath, pictures = found

    story = story._replace(topic=topics[first].pk)
    built = run(lambda visit: article.built(visit, (story, beneath, pictures)), PATH, target, at)

    assert f"More on {topics[first].name_en}" in built.body.decode()
