"""What a run of a job has made, as people read it."""

import pytest
from django.utils import translation

from articles.admin.works.outcome import in_words


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        (
            {"articles": {"en": 5, "ru": 2}, "pages": {"stored": 9, "absent": 1}, "wrong_counts": 0, "seconds": 1.5},
            "articles: 7, pages stored: 9",
        ),
        ({"articles": {}, "pages": {"unchanged": 4, "stored": 0}, "wrong_counts": 3},
         "articles: 0, pages unchanged: 4, pages stored: 0, counts put right: 3"),
        ({"kind": "add", "articles": 12, "examined": 12, "changed": 0, "failed": 0, "done": 12, "total": 12},
         "articles: 12, examined: 12, changed: 0"),
        ({"differences": 2, "found": ["/en/: other bytes"]}, "differences: 2"),
        ({}, ""),
    ],
)  # fmt: skip
def test_numbers_are_told_by_their_names(detail, words):
    assert in_words(detail) == words


def test_numbers_are_told_in_russian():
    with translation.override("ru"):
        assert in_words({"articles": {"ru": 2}, "pages": {"stored": 9}}) == "материалы: 2, страниц сохранено: 9"
