"""An editor under torture: writes, publishes, schedules for the same seconds, and thinks better of all of it."""

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from articles.models import Article, Category, MentionDecision, Outbox, Site
from articles.publishing import (
    answer_mention,
    cancel,
    keep_version,
    open_questions,
    open_release,
    publish,
    retract,
    schedule,
    status,
    withdraw,
)
from tests.builders import make_article

from .desk import Desk
from .found import issued
from .stories import NAMES, body, headline

PAUSE = (0.15, 1.0)  # seconds
RECENT = 40  # articles that an editor still thinks about


class Editor(Desk):
    """Works on articles of their own; the slug of each begins with `zq` and the editor's letter."""

    def __init__(self, folder: Path, letter: str, seed: int) -> None:
        super().__init__(folder, "editor", letter, seed, PAUSE)
        self.zone = Site.current().zone

    def run(self) -> None:
        self.work(self.step)

    def step(self) -> None:
        """Begin an article, or go on with one."""
        self.next_number()
        chance = self.random.random()
        if chance < 0.03:
            self.mail()
        elif chance < 0.5:
            self.begin()
        else:
            mine = Article.objects.filter(slug__startswith=f"zq{self.letter}").order_by("-pk")[:RECENT]
            if mine:
                self.go_on(self.random.choice(list(mine)))

    def mail(self) -> None:
        """Write down a mail to be sent."""
        mail = Outbox(to="reader@news.example", subject=f"zq{self.letter}v{self.number}", body="Hello.")

        def work() -> dict[str, Any]:
            mail.made_at = timezone.now()
            mail.save()
            return {"mail": mail.pk}

        self.do("mail", work)

    def begin(self) -> None:
        """Write an article, and publish it or schedule it for one of the next seconds."""
        language = "ru" if self.random.random() < 0.2 else "en"
        slug, word = f"zq{self.letter}{self.number}", f"zq{self.letter}{self.number}v{self.number}"
        asks = language == "en" and self.random.random() < 0.15
        with transaction.atomic():
            article = make_article(
                slug,
                language=language,
                category=self.random.choice(("politics", "courts")),
                headline=headline(word, self.random.choice(NAMES[language])),
                summary="",
                body=body(language, asks=asks),
            )
            keep_version(article, by=self.user, at=timezone.now())
        for question in open_questions(article, timezone.now()):
            answer_mention(article, question.key, "mark", by=self.user, at=timezone.now(), reason="new")
        if self.random.random() < 0.5:
            self.print("publish", article, word)
        else:
            self.print("schedule", article, word, self.soon())

    def go_on(self, article: Article) -> None:
        """Do with an article what may be done with one of its status."""
        acts: dict[str, list[Callable[[Article], None]]] = {
            "draft": [self.again],
            "approved": [self.again],
            "scheduled": [self.reschedule, self.reschedule, self.by_hand, self.cancel],
            "live": [self.correct, self.change, self.plan_change, self.move, self.retract, self.withdraw, self.answer],
            "withdrawn": [self.again],
        }
        state = status(article, timezone.now())
        self.random.choice(acts.get(state, [self.again]))(article)

    # Acts that print

    def again(self, article: Article) -> None:
        self.print("again", article, self.rewrite(article), self.random.choice((None, self.soon())))

    def reschedule(self, article: Article) -> None:
        self.print("reschedule", article, self.rewrite(article), self.soon())

    def by_hand(self, article: Article) -> None:
        self.print("by hand", article, self.rewrite(article))

    def change(self, article: Article) -> None:
        self.print("change", article, self.rewrite(article), reason=self.random.choice(("minor", "update")))

    def plan_change(self, article: Article) -> None:
        self.print("change", article, self.rewrite(article), self.soon(), reason="minor")

    def correct(self, article: Article) -> None:
        note = f"zq{self.letter}v{self.number}"
        self.print("correct", article, self.rewrite(article), reason="correction", note=note)

    def move(self, article: Article) -> None:
        """Another address, another category, or both."""
        root = article.slug.partition("-")[0]
        moved = {"slug": f"{root}-{self.number}", "category": self.random.choice(list(Category.objects.all()))}
        some = self.random.choice((["slug"], ["category"], ["slug", "category"]))
        self.print("move", article, self.rewrite(article, **{key: moved[key] for key in some}))

    def rewrite(self, article: Article, **fields: Any) -> str:
        """Save the working copy with a new headline; return its word."""
        root = article.slug.partition("-")[0]
        word = f"{root}v{self.number}"
        with transaction.atomic():
            article = Article.objects.select_for_update().get(pk=article.pk)
            article.headline = headline(word, self.random.choice(NAMES[article.language]))
            for name, value in fields.items():
                setattr(article, name, value)
            article.save()
            keep_version(article, by=self.user, at=timezone.now())
        return word

    def print(self, kind: str, article: Article, word: str, live_at: datetime | None = None, **said: Any) -> None:
        """Publish the working copy now, or schedule it for `live_at`."""
        article.refresh_from_db()
        at = timezone.now()
        if live_at is not None and live_at <= at:
            live_at = self.soon()
        day = (live_at or at).astimezone(self.zone)
        known = {"article": article.pk, "word": word, "path": f"/{article.language}/{day:%Y/%m/%d}/{article.slug}/"}
        known |= {"due": live_at.timestamp() if live_at else None}

        def work() -> dict[str, Any]:
            if live_at is None:
                return issued(publish(article, by=self.user, at=timezone.now(), **said))
            return issued(schedule(article, by=self.user, at=timezone.now(), live_at=live_at, **said))

        self.do(kind, work, **known)

    # Acts that take back

    def cancel(self, article: Article) -> None:
        release, at = open_release(article), timezone.now()
        self.do(
            "cancel",
            lambda: cancel(article, by=self.user, at=at) or {},
            article=article.pk,
            release=release.pk if release else None,
            at=at.isoformat(),
        )

    def retract(self, article: Article) -> None:
        note = f"zq{self.letter}v{self.number}"

        def work() -> dict[str, Any]:
            return issued(retract(article, by=self.user, at=timezone.now(), note=note))

        self.do("retract", work, article=article.pk)

    def withdraw(self, article: Article) -> None:
        note = f"zq{self.letter}v{self.number}"

        def work() -> dict[str, Any]:
            withdraw(article, by=self.user, at=timezone.now(), note=note)
            return {}

        self.do("withdraw", work, article=article.pk)

    def answer(self, article: Article) -> None:
        """Change the answer for the name that asks, if the article holds it; else write a correction."""
        decision = MentionDecision.objects.filter(article=article).first()
        if decision is None:
            return self.correct(article)
        reason, other = f"zq{self.letter}v{self.number}", {"mark": "not", "not": "mark"}[decision.answer]

        def work() -> dict[str, Any]:
            answer_mention(article, decision.key, other, by=self.user, at=timezone.now(), reason=reason)
            return {}

        self.do("answer", work, article=article.pk)

    def soon(self) -> datetime:
        """Return one of the next whole seconds, so that many articles share one."""
        return datetime.fromtimestamp(math.ceil(timezone.now().timestamp()), UTC) + timedelta(
            seconds=self.random.randint(2, 8)
        )
