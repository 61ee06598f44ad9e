"""The address part that a headline gives."""

import pytest

from articles.editions.slugs import LENGTH, slug_of


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("The port, at last!", "the-port-at-last"),
        ("Щука и ёж", "shchuka-i-ezh"),
        ("Объезд: подъём на «Северный» мост", "obezd-podem-na-severnyy-most"),
        ("Café Über", "cafe-uber"),
        ("…", ""),
        ("東京", ""),
    ],
)
def test_slug_of_headline(headline: str, slug: str) -> None:
    assert slug_of(headline) == slug


def test_long_headline_is_cut_between_words() -> None:
    slug = slug_of("слово " * 60)
    assert len(slug) <= LENGTH
    assert set(slug.split("-")) == {"slovo"}
    assert len(slug_of("я" * 300)) == LENGTH
