"""What happened in the demo newsroom before it was loaded: each act through its use case, at its moment in the past."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User

from ..models import Article, Site
from ..publishing import (
    answer_note,
    approve,
    keep_first_version,
    keep_version,
    publish,
    put_in_bin,
    retract,
    schedule,
    submit,
    withdraw,
    write_note,
)
from ..publishing.passage_notes import Passage
from .demo_content import DemoNote, DemoStory, FollowUp, moment

WRITTEN = timedelta(hours=3)  # before its publication: when an article was begun


@dataclass(frozen=True)
class DemoAct:
    """An act that waits for its turn."""

    at: datetime
    run: Callable[[], object]


def plan_acts(article: Article, story: DemoStory, users: dict[str, User], site: Site, now: datetime) -> list[DemoAct]:
    """Return the acts of one article: written, handed in, approved, published or scheduled, put right, withdrawn."""
    live_at = moment(story.published, now, site.zone) if story.published else None
    shown_at = live_at or now - timedelta(hours=story.hours_ago)
    written_at = shown_at - WRITTEN
    plan = [DemoAct(written_at, lambda: write(article, users[story.by], written_at))]
    state = story.state or "approved"
    if state in ("in_review", "approved"):
        submitted_at = shown_at - timedelta(hours=1)
        plan.append(DemoAct(submitted_at, lambda: submit(article, by=users[story.by], at=submitted_at)))
    if state == "approved":
        approved_at = shown_at - timedelta(minutes=20)
        plan.append(DemoAct(approved_at, lambda: approve(article, by=users["editor"], at=approved_at)))
    if live_at:
        plan.append(DemoAct(live_at, lambda: publish(article, by=users["editor"], at=live_at)))
        plan += [plan_follow_up(article, act, live_at, users) for act in story.acts]
    if story.schedule:
        due_at = moment(story.schedule, now, site.zone)
        plan.append(DemoAct(shown_at, lambda: schedule(article, by=users["editor"], at=shown_at, live_at=due_at)))
    plan += [plan_note(article, note, users, now - timedelta(hours=note.hours_ago)) for note in story.notes]
    if story.binned:
        plan.append(DemoAct(shown_at, lambda: put_in_bin(article, by=users[story.by], at=shown_at)))
    return plan


def write(article: Article, by: User, at: datetime) -> None:
    """Keep the first version of an article, and date its row back to it."""
    keep_first_version(article, by=by, at=at)
    Article.objects.filter(pk=article.pk).update(created_at=at, updated_at=at)


def plan_note(article: Article, note: DemoNote, users: dict[str, User], at: datetime) -> DemoAct:
    def talk() -> None:
        written = write_note(article, Passage("body", note.quotation), note.text, by=users[note.by], at=at)
        for hours, (by, text) in enumerate(note.answers, start=1):
            answer_note(written, text, by=users[by], at=at + timedelta(hours=hours))

    return DemoAct(at, talk)


def plan_follow_up(article: Article, act: FollowUp, live_at: datetime, users: dict[str, User]) -> DemoAct:
    at = live_at + timedelta(hours=act.hours_later)
    if act.kind == "retraction":
        return DemoAct(at, lambda: retract(article, by=users["editor"], at=at, note=act.text))
    if act.kind == "withdrawal":
        return DemoAct(at, lambda: withdraw(article, by=users["legal"], at=at, note=act.text))
    return DemoAct(at, lambda: revise(article, act, users["editor"], at))


def revise(article: Article, act: FollowUp, by: User, at: datetime) -> None:
    """Change the working copy and publish it again, with its note; raise ValueError when a passage is not there."""
    article.refresh_from_db()
    for before, after in act.replace:
        if before not in article.body:
            raise ValueError(f"{article.slug} does not hold {before!r}.")
        article.body = article.body.replace(before, after)
    article.save()
    keep_version(article, by=by, at=at)
    publish(article, by=by, at=at, reason=act.kind, note=act.text)
    Article.objects.filter(pk=article.pk).update(updated_at=at)
