"""Posts of other sites in a text: the body names a card, `<figure data-post="7"></figure>`, and holds nothing else of
it; an edition holds what the card said then, among the figures of its text (`editions.figures`)."""

from collections.abc import Iterable
from typing import Any

from ..models import KeptPost


def post_entries(ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return what an edition holds of each of these cards; of one that is not there, nothing."""
    return {pk: post_entry(post) for pk, post in KeptPost.objects.select_related("picture").in_bulk(set(ids)).items()}


def post_entry(post: KeptPost) -> dict[str, Any]:
    """Return a card as `Edition.figures` holds it: its still picture by the names of a photo, `id` 0 for none.

    The site's name is a printed text: the body behind it may be on a register itself.
    """
    picture = post.picture
    shown = {"id": picture.pk, "web": picture.web, "width": picture.width, "height": picture.height} if picture else {}
    return (
        {"id": 0, "post": post.pk, "kind": post.kind, "link": post.link}
        | shown
        | {
            "alt": post.picture_alt.strip() if picture else "",
            "author": post.author.strip(),
            "text": post.text.strip(),
            "site": post.site,
            "posted_on": post.posted_on.isoformat() if post.posted_on else "",
        }
    )
