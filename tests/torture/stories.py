"""What is written under torture: each act leaves a word of its own in the headline, by which it is found again.

`zqa17` is the slug of the article that act 17 of editor a began, `zqa17v42` the word in the headline that its act 42
gave it. Behind the word stands a name: one that is always marked, one that comes and goes, or one that is none.
"""

import re

NAMES = {
    "en": ("Grey Dune League", "Pelican Circle", "The mayor"),
    "ru": ("Лига серых дюн", "Мэр города"),
}
TURNING = "Pelican Circle"  # the legal desk lists and lifts it all the time
QUESTION = "Harbour"  # marked only when an editor says so
EVERY_NAME = sorted({name for names in NAMES.values() for name in names})
# A headline in a page, a feed or a sitemap: its word, its name, and whether a mark stands behind the name.
HEADLINE = re.compile(
    r"\b(zq[a-z]\d+v\d+) (?:" + "|".join(EVERY_NAME) + r")(<sup class=\"mark|\*| \((?:listed|в перечне)|&lt;sup class)?"
)
SLUG = re.compile(r"\bzq[a-z]\d+(?![\dv])")
FORM = re.compile(r'<article class="story" id="story".*?</article>', re.DOTALL)


def headline(word: str, name: str) -> str:
    """Return the headline of an act."""
    return f"{word} {name} spoke at sea"


def body(language: str, *, asks: bool) -> str:
    """Return an article's text; `asks`: with a name that an editor must decide about."""
    if language == "ru":
        return "<p>Лига серых дюн собралась у моря. Об этом говорили до вечера.</p>"
    asked = f"<p>The {QUESTION} was quiet that day.</p>" if asks else ""
    return f"<p>The Grey Dune League met the Pelican Circle. The GDL's lawyer objected.</p>{asked}"


def word_of(headline: str) -> str:
    """Return the word that an act left in a headline."""
    return headline.partition(" ")[0]
