"""What opens a post from elsewhere on its card: a frame that asks its site for nothing before a reader opens it.

The card in the reading form is words and a picture of our own; the frame is put around it where a page is printed, so
that none stands in a form, a feed or the record, and one that is dead is taken out by a switch. Without a script: a
lazy frame in a closed `<details>` is not loaded.
"""

import re
from collections.abc import Collection
from html import escape, unescape

from django.utils.translation import gettext as _

from ..embeds.hosts import LinkError, read_link, rule_of

# As `articles/_post.html` writes it; the cleaning leaves no text of an article a class. What opens the post stands
# before the caption, which in HTML is the first or the last of a figure.
CARD = re.compile(
    r'(<figure class="kept-post" data-post="([0-9]+)">(?:(?!</figure>|<figcaption>).)*)'
    r'(<figcaption>(?:(?!</figure>).)*<a class="post-link" href="([^"]*)"[^<]*</a></figcaption>\n</figure>)',
    re.DOTALL,
)
# A player needs scripts and its own storage to run; it may open tabs, but not lead the page away, nor ask for anything.
SANDBOX = "allow-scripts allow-same-origin allow-popups"
NO_FRAMES = "'none'"


def with_frames(form: str, gone: Collection[int] = ()) -> tuple[str, str]:
    """Return the reading form with what opens each post on its card, and the sources for `frame-src` of its page.

    `gone`: numbers of posts that are not at their sites any more.
    """
    if 'class="kept-post"' not in form:
        return form, NO_FRAMES
    sources: set[str] = set()

    def framed(card: re.Match[str]) -> str:
        found = "" if int(card[2]) in gone else frame(unescape(card[4]), sources)
        return f"{card[1]}{found}{card[3]}"

    html = CARD.sub(framed, form)
    return html, " ".join(sorted(sources)) or NO_FRAMES


def frame(link: str, sources: set[str]) -> str:
    """Return what opens the post of a link, "" where its site lets nobody frame it; name its source.

    It names no site: that is a name, which the card bears with its mark.
    """
    try:
        post = read_link(link)
    except LinkError:  # a rule that has gone: the card stays
        return ""
    if not post.frame:
        return ""
    rule = rule_of(post.kind)
    sources.add(f"https://{rule.frame_host}")
    css_class = "post-film" if rule.is_film else "post-page"
    summary, title = _("Open the post here: its site will learn of it"), _("Post from elsewhere")
    return (
        f'<details class="post-open"><summary>{escape(summary)}</summary>'
        f'<iframe class="{css_class}" src="{escape(post.frame)}" title="{escape(title)}" loading="lazy" '
        f'sandbox="{SANDBOX}" referrerpolicy="strict-origin" allowfullscreen></iframe></details>\n'
    )
