"""Whatever the code writes as a key into a row, the desk shows as words."""

import re
from pathlib import Path

import articles
from articles.admin.record.event import KINDS as EVENTS
from articles.admin.record.event import in_words
from articles.models import Edition, Page
from articles.pagemap.kinds import KINDS as PAGES

LOGGED = re.compile(r"\blog\(\s*\"([^\"]+)\"")


def test_every_act_that_is_logged_has_its_words() -> None:
    sources = Path(articles.__file__).parent.rglob("*.py")
    logged = {kind for file in sources for kind in LOGGED.findall(file.read_text("utf-8"))}
    assert len(logged) > 10
    assert logged | {key for key, _label in Edition.REASONS} <= set(EVENTS)


def test_every_kind_of_stored_page_has_its_words() -> None:
    labels = [str(kind.label) for kind in PAGES]
    assert all(labels) and len(set(labels)) == len(PAGES)
    assert max(len(kind.name) for kind in PAGES) <= Page._meta.get_field("kind").max_length


def test_details_of_an_event_are_words() -> None:
    assert in_words("after", "in_review") == "after: in review"
    assert in_words("always", True) == "always: yes"
    assert in_words("organizations", ["one", "two"]) == "entries: one, two"
    assert in_words("live_at", "2026-03-10T15:00:00+00:00").startswith("visible from: 10 March 2026")
    assert in_words("sha256", "0f") == "sha256: 0f"
