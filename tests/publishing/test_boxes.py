"""A note printed above a box moves it one lower; what editors have said of the names in it goes with it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from articles.models import Edition, UnclearMention
from articles.publishing import (
    Refused,
    answer_mention,
    cancel,
    live_release,
    open_questions,
    publish,
    retract,
    schedule,
)
from articles.publishing.record import verify
from articles.publishing.relabel import relabel_all, work_batches
from tests.builders import NOW, make_article

HOUR = timedelta(hours=1)


def marked_boxes() -> list[list[str]]:
    """Return the fields of boxes in which something is marked, for each edition in the order of issue."""
    rows = Edition.objects.order_by("pk").values_list("marks", flat=True)
    return [sorted({one["field"] for one in marks if one["field"].startswith("correction")}) for marks in rows]


@pytest.mark.parametrize("answer", ["mark", "not"])
def test_answers_for_a_box_hold_when_a_note_or_a_retraction_is_printed_above_it(editor: User, answer: str) -> None:
    article = make_article(headline="Quiet day", summary="", body="<p>Quiet.</p>")
    said = "Lawyers of Harbour had asked for this."
    publish(article, by=editor, at=NOW)
    publish(article, by=editor, at=NOW + HOUR, reason="correction", note=said)
    asked = UnclearMention.objects.get()
    answer_mention(article, asked.key, answer, by=editor, at=NOW + 2 * HOUR)
    assert bool(marked_boxes()[-1]) == (answer == "mark")
    publish(article, by=editor, at=NOW + 3 * HOUR, reason="update", note="There is news.")
    schedule(article, by=editor, at=NOW + 4 * HOUR, live_at=NOW + 50 * HOUR, reason="update", note="More of it.")
    assert marked_boxes()[-2:] == ([["correction_1"], ["correction_2"]] if answer == "mark" else [[], []])
    assert not UnclearMention.objects.exists()
    relabel_all(by=None, at=NOW + 5 * HOUR)
    while work_batches(lambda: NOW + 5 * HOUR):
        pass
    cancel(article, by=editor, at=NOW + 6 * HOUR)
    release = retract(article, by=editor, at=NOW + 7 * HOUR, note="Nothing of it holds.")
    assert marked_boxes()[-1] == (["correction_2"] if answer == "mark" else [])
    assert release == live_release(article, NOW + 7 * HOUR)
    assert not UnclearMention.objects.exists() and open_questions(article, NOW + 7 * HOUR) == []
    assert verify() == []


def test_what_is_open_in_a_box_stays_open_beneath_a_new_note_and_the_note_asks_nothing_yet(editor: User) -> None:
    article = make_article(headline="Quiet day", summary="", body="<p>Quiet.</p>")
    publish(article, by=editor, at=NOW)
    publish(article, by=editor, at=NOW + HOUR, reason="correction", note="Lawyers of Harbour had asked for this.")
    with pytest.raises(Refused, match="Harbour") as refused:
        publish(article, by=editor, at=NOW + 2 * HOUR, reason="update", note="There is news.")
    assert refused.value.field == "gate"
    (asked,) = open_questions(article, NOW + 2 * HOUR)
    assert asked.key == UnclearMention.objects.get().key
