"""The button “Typography” asks the server, which answers with edits and stores nothing."""

import json
from typing import Any

import pytest
from django.test import Client

from articles import typography
from articles.admin.articles import typesetting

URL = "/admin/articles/article/typography/"


def ask(client: Client, sent: Any) -> Any:
    return client.post(URL, sent if isinstance(sent, str) else json.dumps(sent), content_type="application/json")


def test_each_text_gets_its_edits_in_its_own_language(editor: Client) -> None:
    texts: list[dict[str, Any]] = [
        {"text": 'Он: "Да"'},
        {"text": 'He: "Yes"', "language": "en-GB"},
        {"text": 'Er: "Ja"', "language": "de"},
        {"text": '"a" - b', "kept": [[0, 3]]},
        {"text": "😀 - b"},
    ]
    got = ask(editor, {"language": "ru", "texts": texts}).json()["edits"]
    written = [
        typography.applied(one["text"], [typography.Edit(*edit) for edit in edits])
        for one, edits in zip(texts, got, strict=True)
    ]
    assert [text.replace("\u00a0", "_") for text in written] == [
        "Он: «Да»",
        "He: “Yes”",
        'Er: "Ja"',
        '"a"_— b',
        "😀_— b",
    ]


@pytest.mark.parametrize(
    "sent",
    [
        *("", "[]", "{", '"x"', "[" * 100_000),
        *({"texts": sent} for sent in (None, "x", ["x"], [{}], [{"text": 1}], [{"text": "", "kept": [1]}])),
        *({"texts": [{"text": "a", "kept": kept}]} for kept in ([[0]], [["a", "b"]], "x", [[True, 1]])),
        {"texts": [{"text": "a", "language": 1}]},
        {"texts": [{"text": "x" * 300_000}] * 2},
        {"texts": [{"text": ""}] * (typesetting.MOST + 1)},
    ],
    ids=lambda sent: str(sent)[:40],
)
def test_what_is_no_such_list_is_refused_in_words(editor: Client, sent: Any) -> None:
    response = ask(editor, sent)
    assert response.status_code == 422 and response.json()["problem"]


def test_spans_beyond_the_text_do_no_harm(editor: Client) -> None:
    sent = {"language": "ru", "texts": [{"text": "a - b", "kept": [[-5, 1], [3, 99], [7, 2]]}]}
    assert ask(editor, sent).json()["edits"] == [[[1, 2, "\u00a0"], [2, 3, "—"]]]


def test_it_is_for_those_who_write(client: Client, db: None) -> None:
    assert ask(client, {"texts": []}).status_code == 302
