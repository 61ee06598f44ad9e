"""Cards of posts in a text: which ones the body names, and what an edition holds of them."""

import re
from typing import Any

from ..models import Article, KeptPost
from .clean import clean_html

MOST_POSTS = 50  # of one text
_NAMED = re.compile(r'<figure data-post="([1-9][0-9]{0,8})"')


def post_ids(body: str) -> list[int]:
    """Return the numbers of the posts that a clean body names, each once, in order.

    >>> post_ids('<figure data-post="7"></figure><p>a</p><figure data-post="3"></figure>')
    [7, 3]
    """
    return list(dict.fromkeys(int(one) for one in _NAMED.findall(body)))[:MOST_POSTS]


def posts_of(article: Article) -> list[dict[str, Any]]:
    """Return what an edition holds of the posts in the article's text, in the order of the text."""
    if "data-post=" not in article.body:
        return []
    ids = post_ids(clean_html(article.body))
    rows = KeptPost.objects.select_related("picture").in_bulk(ids)
    return [post_entry(rows[pk]) for pk in ids if pk in rows]


def post_entry(post: KeptPost) -> dict[str, Any]:
    """Return a card as `Edition.posts` holds it."""
    picture = post.picture
    shown = {"id": picture.pk, "web": picture.web, "width": picture.width, "height": picture.height} if picture else {}
    return {
        "id": post.pk,
        "kind": post.kind,
        "link": post.link,
        "author": post.author.strip(),
        "text": post.text.strip(),
        "posted_on": post.posted_on.isoformat() if post.posted_on else "",
        "alt": post.picture_alt.strip() if picture else "",
        "picture": shown,
    }
