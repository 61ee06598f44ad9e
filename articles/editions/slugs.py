"""The address part from a headline: Latin letters as they are, Cyrillic ones transliterated."""

from django.utils.text import slugify

RUSSIAN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    "і": "i", "ї": "i", "є": "e", "ґ": "g", "ў": "u",
}  # fmt: skip
TABLE = str.maketrans(RUSSIAN)
LENGTH = 100


def slug_of(headline: str) -> str:
    """Return at most LENGTH characters, cut between words.

    >>> slug_of("Щука и ёж")
    'shchuka-i-ezh'
    """
    slug = slugify(headline.lower().translate(TABLE))
    if len(slug) <= LENGTH:
        return slug
    head, hyphen, _rest = slug[: LENGTH + 1].rpartition("-")
    return head if hyphen else slug[:LENGTH]
