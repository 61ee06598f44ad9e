"""Words as other hands write them: keys of the other layout, Latin letters for Russian ones, one letter wrong."""

import re
from collections.abc import Iterator

LATIN_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
RUSSIAN_KEYS = "ёйцукенгшщзхъфывапролджэячсмитьбю"
TO_RUSSIAN_KEYS = str.maketrans(LATIN_KEYS, RUSSIAN_KEYS)
TO_LATIN_KEYS = str.maketrans(RUSSIAN_KEYS, LATIN_KEYS)
LETTERS = {"en": "abcdefghijklmnopqrstuvwxyz", "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя"}
SHORTEST = 4  # letters of a word that may have one wrong
LONGEST = 30

ROMAN = {
    **dict(zip("абвгдезийклмнопрстуфхыэё", "abvgdeziiklmnoprstufhiee", strict=True)),
    "ж": "zh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "sh",
    "ъ": "",
    "ь": "",
    "ю": "iu",
    "я": "ia",
}
# One of the ways to write a Russian sound, for all of them; in this order.
SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("shch|sch|sh", "sh"),
        ("tch", "ch"),
        ("kh", "h"),
        ("ph", "f"),
        ("ck|q", "k"),
        ("x", "ks"),
        ("w", "v"),
        ("c(?!h)", "k"),
        ("y[eo]|jo", "e"),
        ("[yj]", "i"),
        (r"(.)\1+", r"\1"),
    )
]


def is_russian(word: str) -> bool:
    return any("а" <= letter <= "я" or letter == "ё" for letter in word)


def sound_of(word: str) -> str:
    """Return how a folded word is read, about, in Latin letters: the same of a name in both alphabets.

    >>> sound_of("кельмар"), sound_of("kelmar"), sound_of("Щукин".lower()), sound_of("shchukin")
    ('kelmar', 'kelmar', 'shukin', 'shukin')
    """
    sound = "".join(ROMAN.get(letter, letter) for letter in word.lower())
    for pattern, one in SOUNDS:
        sound = pattern.sub(one, sound)
    return sound


def other_keys(text: str) -> str:
    """Return what was meant by a text that was typed on the other layout.

    >>> other_keys("rtkmvfh"), other_keys("лудьфк")
    ('кельмар', 'kelmar')
    """
    low = text.lower()
    return low.translate(TO_LATIN_KEYS if is_russian(low) else TO_RUSSIAN_KEYS)


def one_wrong(word: str) -> Iterator[str]:
    """Yield what a word may have been with one letter left out, too many, exchanged or in the other order.

    >>> {"port", "sport", "spots"} & set(one_wrong("sprot")), "sport" in set(one_wrong("sprt"))
    ({'sport'}, True)
    """
    if not SHORTEST <= len(word) <= LONGEST:
        return
    letters = LETTERS["ru" if is_russian(word) else "en"]
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    for left, right in cuts:
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:]
        if right:
            yield left + right[1:]
            yield from (left + letter + right[1:] for letter in letters)
        yield from (left + letter + right for letter in letters)
