"""What the demo newsroom has for trying the desk: rules of style, a draft in the bin, something typed and not saved, a
keeper's list that waits, cards of posts from elsewhere."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import translation

from ..editions.house_style import compile_rule
from ..embeds.hosts import read_link
from ..interchange.keeper.layouts import keep_layouts
from ..interchange.keeper.take import take
from ..models import Article, KeptPost, ListLayout, Register, StyleRule
from ..publishing import slots
from ..publishing.posts import keep_post
from ..publishing.saving import saved_fields
from .demo_content import FOLDER, DemoStory

LIST = "foreign-agents.csv"
LAYOUT = "table"
REGISTER = "demo-foreign-agents"
TYPED_AGO = timedelta(minutes=25)
LIST_AGO = timedelta(hours=2)


def add_style_rules(entries: Sequence[dict[str, Any]], used: Sequence[str]) -> None:
    """Make the rules that newsroom.json has in these languages; they hold."""
    for entry in entries:
        if entry["language"] in used:
            rule = StyleRule(is_on=True, **entry)
            compile_rule(rule)
            rule.save()


def add_typed(entries: Sequence[dict[str, str]], users: dict[str, User], now: datetime) -> None:
    """Keep for a person what they would have typed into an article before their browser was closed."""
    for entry in entries:
        article = Article.objects.filter(slug=entry["slug"]).first()
        if article is not None:
            fields = as_typed(article) | {entry["field"]: entry["text"]}
            typed = slots.Typed(f"demo-{article.slug}"[:40], 1, article, article.version, fields)
            slots.keep_typed(typed, by=users[entry["by"]], at=now - TYPED_AGO)


def as_typed(article: Article) -> dict[str, Any]:
    """Return what the form of an article without dates would send as it stands."""
    saved = saved_fields(article)
    return {name: value if isinstance(value, list) else str(value or "") for name, value in saved.items()}


def add_keepers_list(users: dict[str, User], now: datetime) -> None:
    """Take a list of the invented keeper up to the difference; nothing of it is stored in the registers."""
    keep_layouts()
    content = (FOLDER / "desk" / LIST).read_bytes()
    register = Register.objects.get(key=REGISTER)
    layout = ListLayout.objects.get(name=LAYOUT)
    with translation.override("en"):
        take(content, LIST, register, layout, by=users["legal"], at=now - LIST_AGO)


def with_posts(story: DemoStory, by: User, now: datetime) -> DemoStory:
    """Keep the cards of a story; return it with their numbers in its body."""
    body = story.body
    for name, said in story.posts.items():
        found = read_link(said["link"])
        post = KeptPost(kind=found.kind, number=found.number, **said | {"link": found.link})
        keep_post(post, None, by=by, at=now)
        body = body.replace(f'data-post="{name}"', f'data-post="{post.pk}"')
    return replace(story, body=body)
