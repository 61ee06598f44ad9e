"""Fill an empty database with the demo newsroom: the rows first, then every act, in order of time."""

import json
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import transaction

from ..editions import clean_html
from ..editions.figures import write_texts
from ..models import CODES, Article, Author, Byline, Category, Organization, Photo, Region, Site, Topic
from ..pagemap.addresses import article_path
from ..photos.files import original_path, web_path
from ..photos.upload import add_photo
from ..registers import load_register_data, refresh_version
from .demo_acts import DemoAct, plan_acts
from .demo_content import FOLDER, DemoStory, moment, read_json, read_newsroom, read_stories
from .demo_desk import add_keepers_list, add_style_rules, add_typed, with_posts
from .demo_front import add_front_pages

STARTER = Path(__file__).resolve().parent.parent / "fixtures" / "registers.json"
FIGURE = re.compile(r'data-photo="([^"]*)"')
OPENED = timedelta(days=230)  # before the load: when the invented newsroom began

DEMO_LOGINS = (
    ("reporter", "lantern-reporter", "Reporter"),
    ("editor", "lantern-editor", "Editor"),
    ("legal", "lantern-legal", "Legal"),
    ("managing", "lantern-managing", "Managing editor"),
    ("admin", "lantern-admin", "Administrator"),
)


def load_demo(now: datetime, used: Sequence[str] = CODES) -> None:
    """Load registers, rubrics, people, photos and articles as of a newsroom at work until `now`; all or nothing.

    `used`: the languages that it publishes in.
    """
    about = read_newsroom(used)
    photos: dict[str, Photo] = {}
    try:
        with transaction.atomic():
            load_registers()
            users = add_users()
            site = add_site(about["site"])
            refresh_version(now - OPENED)
            add_rubrics(about)
            for entry in about["photos"]:
                photos[entry["file"].removesuffix(".jpg")] = add_demo_photo(entry, about)
            add_style_rules(about["style_rules"], used)
            add_articles(read_stories(used), about["origin"], photos, users, site, now)
            add_typed(about["typed"], users, now)
            add_keepers_list(users, now)
            add_front_pages(about["front"], users, used, now)
    except BaseException:
        for photo in photos.values():
            original_path(photo).unlink(missing_ok=True)
            web_path(photo).unlink(missing_ok=True)
        raise


def load_registers() -> None:
    """Load the starter registers and, beside them, the invented ones; they are put in force with the outlet's row."""
    load_register_data(json.loads(STARTER.read_text(encoding="utf-8")))
    load_register_data(read_json("registers"))


def add_users() -> dict[str, User]:
    """Make an account for each role; `check --deploy` fails while one of them exists."""
    users = {}
    for username, password, role in DEMO_LOGINS:
        user = User.objects.create_user(
            username, f"{username}@demo.invalid", password, first_name="Demo", last_name=role.lower(), is_staff=True
        )
        user.groups.add(Group.objects.get(name=role))
        users[username] = user
    return users


def add_site(entry: dict[str, Any]) -> Site:
    publisher = Organization.objects.get(key=entry["publisher"])
    site = Site(**(entry | {"publisher": publisher}))
    site.save()
    return site


def add_rubrics(about: dict[str, Any]) -> None:
    for model, name in ((Category, "categories"), (Region, "regions"), (Topic, "topics")):
        for position, entry in enumerate(about[name]):
            model.objects.create(position=position, **entry)
    for entry in about["authors"]:
        Author.objects.create(**entry)


def add_demo_photo(entry: dict[str, Any], about: dict[str, Any]) -> Photo:
    texts = {key: value for key, value in entry.items() if key != "file"}
    with (FOLDER / "photos" / entry["file"]).open("rb") as file:
        return add_photo(file, credit=about["photo_credit"], licence=about["photo_licence"], **texts)


def add_articles(
    stories: Sequence[DemoStory],
    origin: dict[str, Any],
    photos: dict[str, Photo],
    users: dict[str, User],
    site: Site,
    now: datetime,
) -> None:
    """Write these articles, then do what happened to them, the oldest act first."""
    published = {
        story.story: moment(story.published, now, site.zone)
        for story in stories
        if story.published and not story.translation
    }
    originals: dict[str, Article] = {}
    plan: list[DemoAct] = []
    for story in stories:
        article = add_article(with_posts(story, users["editor"], now), photos)
        if story.embargo:
            article.embargo_until = moment(story.embargo, now, site.zone)
        if story.translation:
            name_origin(article, story, originals[story.story], published[story.story], origin, site)
        else:
            originals[story.story] = article
        article.save()
        plan += plan_acts(article, story, users, site, now)
    for act in sorted(plan, key=lambda one: one.at):
        act.run()


def add_article(story: DemoStory, photos: dict[str, Photo]) -> Article:
    article = Article.objects.create(
        language=story.language,
        slug=story.slug,
        headline=story.headline,
        summary=story.summary,
        body=clean_html(FIGURE.sub(lambda named: ids_of(named[1], photos), story.body)),
        figure_texts=write_texts({photos[name].pk: texts for name, texts in story.figures.items()}),
        lead_photo=photos[story.photo],
        photo_caption=story.photo_caption,
        source_line=story.source_line,
        category=Category.objects.get(slug=story.category),
    )
    article.regions.set(Region.objects.filter(slug__in=story.regions))
    article.topics.set(Topic.objects.filter(slug__in=story.topics))
    for position, slug in enumerate(story.authors):
        Byline.objects.create(article=article, author=Author.objects.get(slug=slug), position=position)
    return article


def ids_of(names: str, photos: dict[str, Photo]) -> str:
    """Return the attribute of a figure, which names photos by their files, as an article has it."""
    return f'data-photo="{" ".join(str(photos[name].pk) for name in names.split())}"'


def name_origin(
    article: Article, story: DemoStory, original: Article, published_at: datetime, origin: dict[str, Any], site: Site
) -> None:
    """Say what the article is a translation of: the outlet's own page in the other language."""
    path = article_path(original.language, published_at.astimezone(site.zone).date(), original.slug)
    translation = story.translation or {}
    article.origin_article = original
    article.origin_outlet = origin["outlet"][story.language]
    article.origin_published_at = published_at
    article.origin_zone = origin["zone"]
    article.origin_url = f"{settings.SITE_URL}/{path.strip('/')}/"
    article.translator = translation["translator"]
    article.translation_method = translation["method"]
