"""A body's line to the names that should find it: official, short, abbreviation, translation, former, pseudonym."""

import re
from collections.abc import Iterator
from functools import cache

from .refused import Said
from .splitting import abbreviation, parts_of, quotations, said_kind, top_level
from .text import TO_CYRILLIC, clean, double_quotes, folded, plain, quoted_alike, script
from .words import exact, is_foreign_form, listed, literal, without_foreign_form

ADJECTIVE = r"[а-яё-]+(?:ая|яя|ое|ее|ый|ий|ой|ые|ие)"
SUBUNIT = re.compile(r"^(?:структурное подразделение|отделение|филиал|ячейка)\s+«([^»]+)»\s+\S+\s+«", re.IGNORECASE)
NO_REST = re.compile(r"^(?:of|for|de|des|du|della|di|für|на|по|и|в|the)\b", re.IGNORECASE)
TO_LATIN = {value: key for key, value in TO_CYRILLIC.items()}
Names = list[tuple[str, str]]


def names_of(
    text: str, aliases: list[tuple[str, str, str]], *, machine: bool
) -> tuple[Names, list[Said], dict[str, str]]:
    """Return (name, kind) pairs of a line, questions, and the strength that the file itself says by folded name."""
    parts = parts_of(double_quotes(text))
    strengths: dict[str, str] = {}
    stated: Names = []
    for alias, kind, strength in aliases:
        if strength or machine:
            stated.append((alias, kind))
            strengths |= {folded(alias): strength} if strength else {}
            continue
        for piece in _alias_pieces(alias):
            said, rest = said_kind(piece, kind)
            inner = parts_of(rest)
            parts.items += [(one, own or said) for one, own in [(inner.main, said), *inner.items]]
    found = _Found()
    official = _official(parts.main, found)
    core = (quotations(official) or [official])[-1]
    for mentioned in parts.mentioned:
        found.add(mentioned, "pseudonym" if "социальн" in text.casefold() else "short")
    for item, said in parts.items:
        _item(item, said, official, core, found)
    for name, kind in stated:
        found.state(name, kind or ("abbreviation" if abbreviation(name) else _kind(name, official, core, found)))
    if not machine:
        _native_heads(official, found)
    return found.rows(), parts.questions, strengths


def _alias_pieces(alias: str) -> list[str]:
    return [piece for half in top_level(alias, ";") for piece in top_level(half, ",")]


class _Found:
    """The names found, each spelling once; the first kind said of it stays."""

    def __init__(self) -> None:
        self.kinds: dict[str, tuple[str, str]] = {}

    def add(self, text: str, kind: str) -> None:
        text = outside_quotes(clean(text))
        if re.search(r"[^\W_]", text) and not _no_name(text):
            self.kinds.setdefault(folded(text), (text, kind))

    def state(self, text: str, kind: str) -> None:
        """Add a name as a list made for machines states it."""
        self.kinds.setdefault(folded(text), (text, kind))

    def has(self, text: str) -> bool:
        return folded(text) in self.kinds

    def rows(self) -> Names:
        return list(self.kinds.values())


def outside_quotes(text: str) -> str:
    """Return the text without quotation marks that wrap it whole, also when the outer one was never closed."""
    text = text.strip(" ,;–—-")
    alike = quoted_alike(text)
    if alike.startswith("«"):
        inner = alike[1:-1] if alike.endswith("»") else alike[1:]
        if "«" not in inner and "»" not in inner:
            return text[1:-1].strip() if alike.endswith("»") else text[1:].strip()
        if alike.count("«") > alike.count("»"):
            return text[1:].strip()
        if alike.count("«") == alike.count("»") and alike.endswith("»") and _wraps(alike):
            return text[1:-1].strip()
    return text


def _wraps(alike: str) -> bool:
    depth = 0
    for at, char in enumerate(alike):
        depth += (char == "«") - (char == "»")
        if depth == 0:
            return at == len(alike) - 1
    return False


def _no_name(text: str) -> bool:
    """Say whether the text is a legal form, a word for what a body is, or a country: alone it names nobody."""
    word = plain(text).strip('«»" .,')
    if text[:1].islower() and re.fullmatch(rf"(?:{ADJECTIVE}\s+)*(?:{kind_words()})", word):
        return True
    return (
        word in listed("legal_forms")
        or word in listed("kind_words")
        or text.strip(" .") in exact("forms_short")
        or is_foreign_form(text.strip(" ,"))
        or re.fullmatch(rf"(?:{ADJECTIVE}\s+)*(?:{form_heads()})", word) is not None
    )


@cache
def kind_words() -> str:
    return "|".join(re.escape(one) for one in listed("kind_words"))


@cache
def form_heads() -> str:
    return "|".join(re.escape(one) for one in listed("form_heads"))


def _official(main: str, found: _Found) -> str:
    """Add the name itself and what is shorter in it; return it."""
    alike = quoted_alike(main)
    unit = SUBUNIT.match(alike)
    if unit:
        found.add(unit[1], "official")
        return unit[1]
    halves = re.split(r"\s+/\s+", main)
    if len(halves) == 2 and script(halves[0]) != script(halves[1]):
        found.add(halves[0], "official")
        found.add(halves[1], "translation")
        _shorter(halves[0], "short", found)
        return halves[0]
    official = _before_brand(main)
    site = re.fullmatch(rf"(?:{ADJECTIVE}\s+)?([а-яё-]+)\s+((?:[\w-]+\.)+\w+)", official, re.IGNORECASE)
    if site and plain(site[1]) in listed("kind_words"):
        official = site[2]
    found.add(official, "official")
    _slash_pairs(official, found)
    _shorter(official, "short", found)
    return official


def _before_brand(main: str) -> str:
    """Return a name that begins with a word for a legal person without that word: `Юридическое лицо X OÜ`."""
    return re.sub(r"^(?:иностранное\s+)?юридическое лицо\s+(?=[A-Z«\"])", "", main, flags=re.IGNORECASE)


def _slash_pairs(text: str, found: _Found) -> None:
    for whole in [text, *quotations(text)]:
        halves = whole.split("/")
        if len(halves) != 2 or any(re.search(r"\d\s*$|^\s*\d", half) for half in halves):
            continue
        left, right = (half.strip() for half in halves)
        if "«" in quoted_alike(left) and quotations(left) and whole is text and "»" not in quoted_alike(left):
            continue
        left = (quotations(left) or [left])[-1]
        right = (quotations(right) or [right])[-1].strip('«»" ')
        found.add(left, "short")
        found.add(right, "translation" if script(left) != script(right) else "short")


def _shorter(name: str, kind: str, found: _Found) -> None:
    """Add what the press calls a body of this name: without legal form, what stands in quotation marks."""
    for shorter in _shorter_of(name):
        found.add(shorter, kind)
        word = re.fullmatch(r"(?:[^\W\d_] ){2,7}[^\W\d_]", outside_quotes(shorter))
        if word:
            found.kinds.pop(folded(shorter), None)
            found.add(outside_quotes(shorter).replace(" ", ""), "abbreviation" if kind == "short" else kind)
        last = re.search(r"[а-яё]\S* ([А-ЯЁA-Z]{4,6})$", outside_quotes(shorter))
        if last and "«" not in shorter:
            found.add(last[1], "abbreviation")


def _shorter_of(name: str) -> Iterator[str]:
    rest = without_form(name)
    while rest != name:
        yield rest
        name, rest = rest, without_form(rest)
    for quoted in quotations(name):
        if folded(quoted) != folded(name):
            yield quoted
            yield from _of_one(quoted)
    inner = quotations(name)
    if inner and _tellable(inner[0]):
        yield quoted_alike(inner[0]).split("«")[0].strip()
    yield from _of_one(name)


def _tellable(outer: str) -> bool:
    """Say whether what stands before an inner quotation is a name by itself: a head with a complement."""
    head = quoted_alike(outer).split("«")[0].split()
    if "«" not in quoted_alike(outer) or len(head) < 3:
        return False
    return bool(re.fullmatch(r"(?i)форум|общество|конгресс|собрание|съезд|союз|лига|совет", head[0]))


def _of_one(name: str) -> Iterator[str]:
    bare = outside_quotes(name)
    plainer = _without_foreign_form(bare)
    if plainer != bare:
        yield plainer
    if re.match(r"The \w", plainer):
        yield plainer[4:]
    dotted = re.fullmatch(rf"(.{{3,}})\.({'|'.join(listed('domains'))})", plainer, re.IGNORECASE)
    if dotted and "." not in dotted[1]:
        yield dotted[1]
    hyphen = re.fullmatch(r"([A-ZÀ-Þ]{3,})-[Ff]onds?", plainer)
    if hyphen:
        yield hyphen[1]
    if script(name) == "cyrillic" and "«" not in quoted_alike(name):
        run = re.search(r"(?<=[а-яё] )((?:[A-Z][\w&'-]+\.?\s?){2,})$", name)
        if run:
            yield run[1].strip()
            cut = _without_foreign_form(run[1].strip())
            yield cut
    town = re.fullmatch(r"(.+?)\s+(?:города|г\.|села|пос[её]лка|района|области)\s+[А-ЯЁ]\S+", name, re.IGNORECASE)
    if town and "«" not in quoted_alike(name) and len(town[1].split()) >= 2 and not _no_name(town[1]):
        yield town[1]


@cache
def _forms() -> re.Pattern[str]:
    """Return a pattern of a legal form in front of a name, with the adjectives before it."""
    forms = "|".join(sorted(map(re.escape, listed("legal_forms")), key=len, reverse=True))
    return re.compile(rf"(?:{ADJECTIVE}\s+)*?(?:{forms})\s+|(?:{ADJECTIVE}\s+){{1,4}}?(?:{form_heads()})\s+")


def without_form(name: str) -> str:
    """Return the name without its legal form in front, where what is left is a name of its own."""
    found = _forms().match(plain_same(name))
    if found:
        rest = name[found.end() :]
        rest = re.sub(r"^[–—-]\s+", "", rest)
        all_capitals = name == name.upper()
        starts = re.match(r"[А-ЯЁA-Z]", rest)
        if starts and (not all_capitals or _own_head(rest)):
            return rest
        dash = re.search(r"\s[–—]\s(?=[А-ЯЁA-Z«\"])", rest)
        if dash and rest[:1].islower() and "«" not in quoted_alike(rest[: dash.start()]):
            return rest[dash.end() :]
    return name


def _own_head(rest: str) -> bool:
    """In a list all in capitals: say whether what follows the form is a name and not the form's complement."""
    return (
        len(rest.split()) >= 2
        and not rest.startswith(("ПО ", "В ", "ДЛЯ "))
        and not re.match(r"\w+(?:НИЯ|НИЮ|ЩИ|СТВА|СТВУ) ", rest)
    )


def plain_same(text: str) -> str:
    """Return the text in small letters with ё as е, as long as it was."""
    return text.lower().replace("ё", "е") if len(text.lower()) == len(text) else text


def _without_foreign_form(name: str) -> str:
    name = without_foreign_form(name)
    front = literal("front_forms", "^", r"\s+(?=[«\"„“A-ZА-ЯЁ])", exact=True).match(name)
    return name[front.end() :] if front and len(name) > front.end() + 2 else name


def _item(item: str, said: str, official: str, core: str, found: _Found) -> None:
    """Add one name of a bracket or of a column of other names."""
    first, _space, _rest = item.partition(" ")
    quoted = quotations(item)
    bare = outside_quotes(item)
    if first in exact("forms_short") and quoted:
        found.add(quoted[-1], said or "short")
        return
    word = re.match(r"[а-яё-]+", item)
    if word and quoted and plain(word[0]) in listed("kind_words") and re.match(r"[а-яё-]+\s+[«\"]", item):
        if found.has(quoted[0]):
            found.add(item, said or "pseudonym")
        else:
            found.add(quoted[0], said or _kind(quoted[0], official, core, found))
        return
    if said not in ("former", "pseudonym") and abbreviation(bare) and _of_one_script(bare):
        found.add(_own_letters(bare, official), "abbreviation")
        return
    kind = said or _kind(bare, official, core, found)
    found.add(item, kind)
    _shorter(item, kind if kind in ("former", "pseudonym") else "short", found)


def _of_one_script(word: str) -> bool:
    """Say whether the letters are of one script, once those that look alike may count as either: `TLА`, not `GRИФ`."""
    return word.translate(TO_LATIN).isascii() or not re.search("[A-Za-z]", word.translate(TO_CYRILLIC))


def _own_letters(word: str, official: str) -> str:
    """Return an abbreviation in the letters of its name: Latin ones that stand for Cyrillic are put right, and back."""
    initials = "".join(one[0] for one in re.findall(r"[^\W\d_]+", official)).upper()
    cyrillic = word.translate(TO_CYRILLIC)
    if script(official) == "cyrillic" and re.fullmatch("[А-ЯЁ.]+", cyrillic) and cyrillic.replace(".", "") in initials:
        return cyrillic
    latin = word.translate(TO_LATIN)
    if script(official) == "latin" and re.search("[A-Z]", word) and re.fullmatch("[A-Z.]+", latin):
        return latin
    return word


def ukrainian(text: str) -> bool:
    """Say whether Cyrillic words have letters that Russian has not, a Latin i among them counts: `Мiжнародний`."""
    return re.search(r"[іїєґІЇЄҐў]|[а-яё][iI]|[iI][а-яё]", text) is not None


def _stems(text: str) -> set[str]:
    return {word[: max(4, len(word) - 3)] for word in re.findall(r"[^\W\d_]{4,}", folded(text))}


def _kind(text: str, official: str, core: str, found: _Found) -> str:
    """Return what a further name is by its letters: of another script a translation, of the same words a short one."""
    if script(text) and (script(text) != script(core) or ukrainian(official) != ukrainian(text)):
        return "translation"
    one, other = _stems(text), _stems(official)
    if any(a.startswith(b) or b.startswith(a) for a in one for b in other):
        return "short"
    if any(folded(text) in key and folded(text) != key for key in found.kinds):
        return "short"
    return "translation"


def _native_heads(official: str, found: _Found) -> None:
    """Add a foreign name without its general head: `Stichting X`, `X Alliance`, where a name is left."""
    for name, kind in list(found.rows()):
        inside = kind == "short" and script(official) == "cyrillic" and name in official
        if script(name) != "latin" or not (inside or kind in ("official", "former")) or quotations(name):
            continue
        words = _without_foreign_form(name).split()
        if inside and len(words) != 2:
            continue
        if not 2 <= len(words) <= 4:
            continue
        translated = any(quotations(text) and k == "translation" for text, k in found.rows())
        heads = listed("edge_latin") | (listed("generic_latin") if translated and len(words) <= 3 else frozenset())
        first, last = words[0].lower() in heads, words[-1].lower() in heads
        rest = words[1:] if first else words[:-1] if last else []
        while rest and rest[-1].lower() in listed("generic_latin") and len(rest) > 1:
            rest = rest[:-1]
        left = " ".join(rest)
        if (
            rest
            and not NO_REST.match(left)
            and not re.search(r"\b(?:of|for|and|für|&)$", left)
            and left != "The"
            and not (len(rest) > 1 and re.search(r"\b(?:of|for)\b", left))
        ):
            found.add(left, "former" if kind == "former" else "short")
