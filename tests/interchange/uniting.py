"""Entries merged and separated by hand, and articles that name them."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User

from articles.editions import check
from articles.footnotes.annotate import decision_key
from articles.interchange import Chosen, merge_entries, separate_entry, state_of
from articles.models import Article, Batch, MentionDecision, Organization
from articles.publishing import answer_mention, live_release, override_gate, publish
from articles.publishing.relabel import apply_version, work_batches
from articles.registers import compile_version, export_registers
from tests.builders import NOW, make_article, make_user

HOUR = timedelta(hours=1)
LAMP, WOLVES, HARBOUR = "northern-lamp", "grey-wolves-league", "harbour"


def seen_of(*keys: str) -> str:
    found = {one.key: one for one in Organization.objects.filter(key__in=keys)}
    return state_of(*(found[key] for key in sorted(keys)))


def merge(kept: str, other: str, by: User, **changes: Any) -> None:
    values = {"seen": seen_of(kept, other), "at": NOW, "reason": "One body."} | changes
    merge_entries(kept, other, by=by, **values)


def separate(key: str, chosen: Chosen, by: User) -> None:
    separate_entry(key, chosen, seen=seen_of(key), by=by, at=NOW, reason="Two bodies.")


def exported(key: str) -> dict[str, Any]:
    return next(one for one in export_registers()["organizations"] if one["key"] == key)


def apply(legal: User, at: Any = NOW + HOUR) -> Batch:
    batch = apply_version(compile_version(at), by=legal, at=at, reason="One body.")
    work(at)
    return batch


def work(at: Any) -> None:
    while work_batches(lambda: at):
        pass


def marked_as(article: Article, at: Any = NOW + HOUR) -> set[str]:
    release = live_release(article, at)
    assert release is not None
    return {mark["organization"] for mark in release.edition.marks}


def published(slug: str, body: str) -> Article:
    article = make_article(slug, headline="A quiet day", summary="", body=f"<p>{body}</p>")
    if check(article, NOW).found.unclear:
        override_gate(article, by=make_user("Managing editor"), at=NOW, reason="It may wait.", live_at=NOW)
    publish(article, by=make_user("Editor"), at=NOW)
    return article


def answered(article: Article, answer: str, *, always: bool = False) -> MentionDecision:
    [unclear] = check(article, NOW).found.unclear
    key = decision_key(unclear)
    return answer_mention(article, key, answer, by=make_user("Editor"), at=NOW, always=always)
