"""A person's line to the full name, former names and pseudonyms, and to the parts of the name."""

import re
from typing import Any

from ..footnotes.person.given import GivenNames, is_patronymic
from ..footnotes.registers.person import patronymic_gender
from .bodies import outside_quotes
from .refused import Said, say
from .refused import gettext_noop as _
from .splitting import brackets, pieces_of, said_kind, top_level, without_day
from .text import clean, double_quotes, folded, plain, quoted_alike, script
from .words import listed, pattern

Names = list[tuple[str, str]]
Strengths = dict[str, str]
SURNAME = re.compile(
    r"(?:ов|ев|ёв|ин|ын|ский|цкий|ской|ых|их|ко|ук|юк|ова|ева|ёва|ина|ына|ская|цкая|ая|ян|янц|дзе|швили|зода|заде|беков|баев|бекова|баева|вич|ман|берг|ов|ев)$",
    re.IGNORECASE,
)
WORD = r"[^\W\d_](?:[\w’'ʻ`-]*[^\W_])?\.?"
SLASHES = re.compile(r"\s+/([^/]{2,60})/(?=\s|$)")
SHAPE = re.compile(rf"{WORD}(?: {WORD}){{1,5}}")
KUNYA = ("абу", "умм")
UNSURE = say(_("the word in brackets may be a pseudonym or a former surname"))


def is_person(text: str) -> bool:
    """Say whether a line has the shape of a person's name: a patronymic, or a surname and one word."""
    main = re.sub(r"\s*\([^)]*\)", "", double_quotes(text)).strip(" *")
    quoted = re.fullmatch(r"([^«»\"“”„]+?),?\s+[«\"“„][^«»\"“”„]+[»\"”]", main)
    if quoted and len(quoted[1].split()) == 3 and is_patronymic((folded(quoted[1].split()[-1]),)):
        main = quoted[1]
    words = main.split()
    if re.search(r"[«»\"“”\d./,&]", main) or not SHAPE.fullmatch(main) or len(words) > 4:
        return False
    if any(plain(word) in listed("kind_words") or plain(word) in listed("legal_forms") for word in words):
        return False
    if not all(word[0].isupper() or plain(word) in listed("patronymic_parts") | listed("particles") for word in words):
        return False
    small = tuple(folded(word) for word in words)
    if script(main) != "cyrillic":
        return len(words) in (2, 3) and any(given_names().is_given(word.lower()) for word in words)
    if any(plain(word) in listed("patronymic_parts") for word in words) or (
        len(words) == 3 and is_patronymic(small[2:])
    ):
        return True
    if small[0] in KUNYA or (len(words) > 2 and small[1] in ("ибн", "бин")):
        return True
    if len(words) == 2 and is_given_name(words[1]) and not re.search(r"(?:ая|ий|ый|ой|ое|ие|ые|ья|ье)$", words[0]):
        return True
    return (
        len(words) == 2
        and any(SURNAME.search(word) for word in words)
        and not re.search(r"(?:ая|ий|ый|ое|ие|ые)$", words[0])
    )


def names_of(text: str, aliases: list[tuple[str, str, str]], *, machine: bool) -> tuple[Names, list[Said], Strengths]:
    """Return (name, kind) pairs of a line, questions, and the strength that the file itself says by folded name."""
    text = SLASHES.sub(r' "\1"', double_quotes(text)).strip(" *")
    main, inside, behind = brackets(text)
    cut = re.search(r"[«\"“„]", main)
    quoted = main[cut.start() :] if cut else ""
    full = clean(main[: cut.start()] if cut else main).strip(" ,;*–—-")
    if quoted:
        full = pattern("other", r"[,;\s]+", r"\s*[:–—-]*\s*$").sub("", full)
    middle = _surname_between(text, behind)
    if middle:
        full = middle
    in_quotes = re.search(r"[«\"“„].*", behind)
    quoted += f" {in_quotes[0]}" if in_quotes else ""
    found: dict[str, tuple[str, str]] = {}
    questions: list[Said] = []
    strengths: Strengths = {}

    def add(name: str, kind: str) -> None:
        name = outside_quotes(clean(name))
        if re.search(r"[^\W_]", name):
            found.setdefault(folded(name), (name, kind))

    add(full, "official")
    for piece in (one for outer in _outer_quotations(quoted) for one in re.split(r"\s*[,;]\s*", outer)):
        add(piece, "pseudonym")
    if middle:
        add(full_former(without_day(said_kind(inside.pop(0), "")[1])[0], full), "former")
    for content in inside:
        for item, kind, asked in _bracket(content, full):
            add(item, kind)
            questions += [UNSURE] if asked and UNSURE not in questions else []
    for alias, said, strength in aliases:
        for piece in [alias] if said or strength or machine else top_level(alias, ";,"):
            own, rest = said_kind(piece, said)
            kind = own or _alias_kind(rest, full)
            name = full_former(rest, full) if kind == "former" else rest
            add(name, kind)
            if strength:
                strengths[folded(outside_quotes(name))] = strength
    return list(found.values()), questions, strengths


def _outer_quotations(text: str) -> list[str]:
    """Return what stands in quotation marks and between them; marks in marks belong to the outer name."""
    alike = quoted_alike(text)
    if alike.count("«") != alike.count("»") or not re.search("«[^»]*«", alike):
        return [piece for piece in re.split("[«»]+", alike) if piece.strip(" ,;")]
    pieces, depth = [""], 0
    for char in alike:
        before = depth
        depth = max(0, depth + (char == "«") - (char == "»"))
        if (before, depth) in ((0, 1), (1, 0)):
            pieces.append("")
        else:
            pieces[-1] += char
    return [piece for piece in pieces if piece.strip(" ,;")]


def _surname_between(text: str, behind: str) -> str:
    """Return `Лопухова Генриетта Савельевна` of `Лопухова (Истратова) Генриетта Савельевна`, else ""."""
    before = text.split("(")[0].strip()
    behind = re.split(r"[«\"“„]", behind)[0].strip()
    if len(before.split()) == 1 and 1 <= len(behind.split()) <= 3 and behind[:1].isupper():
        return f"{before} {behind}"
    return ""


def _bracket(content: str, full: str) -> list[tuple[str, str, bool]]:
    """Return (name, kind, whether a person should say) for each name in a bracket."""
    out: list[tuple[str, str, bool]] = []
    kind = ""
    for piece in pieces_of(content):
        kind, rest = said_kind(piece, kind)
        rest, dated = without_day(re.sub(r"^(?:фамили[яи]|фио|имя)\s*[–—:-]*\s*", "", rest, flags=re.IGNORECASE))
        if not rest:
            continue
        if kind == "former" or dated:
            out.append((full_former(rest, full), "former", False))
        elif kind:
            out.append((rest, kind, False))
        else:
            own = _alias_kind(rest, full)
            out.append((rest, own, len(rest.split()) == 1 and script(rest) == script(full)))
    return out


def _alias_kind(text: str, full: str) -> str:
    """Return `former` where all but the surname is the same, `translation` in other letters, else `pseudonym`."""
    words, own = folded(text).split(), folded(full).split()
    if script(text) != script(full):
        return "translation"
    if len(words) == len(own) >= 2 and words[1:] == own[1:] and len(own) >= 3:
        return "former"
    return "pseudonym"


def full_former(text: str, full: str) -> str:
    """Return a former surname with the rest of the name: `Вёрсткина` is `Вёрсткина Ефросинья Эдуардовна`."""
    words = full.split()
    bare = outside_quotes(text)
    return " ".join([bare, *words[1:]]) if len(bare.split()) == 1 and len(words) > 1 else bare


def readable(name: str) -> str:
    """Return a name that was printed all in capitals as readers see it: `Абдуллатыф-Заде Рашид Керим оглы`."""
    if name != name.upper() or not re.search(r"[^\W\d_]{3}", name) or (len(name.split()) == 1 and len(name) <= 4):
        return name
    out = []
    for word in name.split():
        if plain(word) in listed("patronymic_parts"):
            out.append(word.lower())
        else:
            out.append("-".join(part[:1] + part[1:].lower() for part in word.split("-")))
    return " ".join(out)


def person_of(
    full: str, *, machine: bool, gender: str, surname_first: bool
) -> tuple[dict[str, Any] | None, list[Said]]:
    """Return family name, given name, patronymic and gender, and what of it a person should look at.

    Lists made for machines print the given name first, keepers the surname: `surname_first` where that is sure.
    """
    words = readable(full).split()
    questions: list[Said] = []
    if len(words) < 2:
        return None, [say(_("the name has one word: which part it is cannot be told"))]
    person, asked = person_of_parts(_parts(words, machine, surname_first, questions), gender=gender)
    return person, questions + asked


def person_of_parts(parts: tuple[str, str, str], *, gender: str) -> tuple[dict[str, Any], list[Said]]:
    """Return family name, given name, patronymic and gender where it is known which is which, and what to look at."""
    family, given, patronymic = map(readable, parts)
    questions: list[Said] = []
    known = patronymic_gender(patronymic or "") or gender or _gender(family, given)
    if not known:
        known = "f" if re.search(r"[аяa]$", given) else "m"
        questions.append(say(_("the gender is guessed from the given name")))
    return {"family": family, "given": given, "patronymic": patronymic or None, "gender": known}, questions


def _parts(words: list[str], given_first: bool, surname_first: bool, questions: list[Said]) -> tuple[str, str, str]:
    small = [plain(word) for word in words]
    turkic = [at for at, word in enumerate(small) if word in listed("patronymic_parts")]
    if turkic and turkic[0] == len(words) - 1 and len(words) >= 4 and not given_first:
        return " ".join(words[:-3]), words[-3], " ".join(words[-2:])
    if turkic and len(words) > turkic[0] + 2 and is_patronymic((folded(words[-1]),)) and not given_first:
        return " ".join(words[: turkic[0] + 1]), " ".join(words[turkic[0] + 1 : -1]), words[-1]
    if turkic:
        at = turkic[0]
        if given_first and at + 1 < len(words):
            return " ".join(words[at + 1 :]), words[0], " ".join(words[1 : at + 1])
        questions.append(say(_("the order of the parts of this name is not said")))
        return " ".join(words[: at + 1]), " ".join(words[at + 1 :]) or words[0], ""
    if len(words) >= 3 and not given_first and is_patronymic((folded(words[-1]),)):
        return " ".join(words[:-2]), words[-2], words[-1]
    return *_two(words, given_first, surname_first, questions), ""


def _two(words: list[str], given_first: bool, surname_first: bool, questions: list[Said]) -> tuple[str, str]:
    """Return family and given name of a name without patronymic; particles stay with the surname."""
    first_given = is_given_name(words[0]) or bool(SURNAME.search(words[-1]) and not SURNAME.search(words[0]))
    if given_first or (len(words) == 2 and first_given and not is_given_name(words[-1]) and not surname_first):
        if not given_first:
            questions.append(say(_("the order of the parts of this name is not said")))
        at = len(words) - 1
        while at > 1 and plain(words[at - 1]) in listed("particles"):
            at -= 1
        return " ".join(words[at:]), " ".join(words[:at])
    at = 1
    while at < len(words) - 1 and plain(words[at - 1]) in listed("particles"):
        at += 1
    if len(words) > 2 or script(" ".join(words)) != "cyrillic":
        questions.append(say(_("the order of the parts of this name is not said")))
    return " ".join(words[:at]), " ".join(words[at:])


def is_given_name(word: str) -> bool:
    """Say whether one word is a given name, in either script."""
    return plain(word).split("-")[0] not in listed("particles") and given_names().is_given(folded_word(word))


def given_names() -> GivenNames:
    """Return the given names that are known."""
    from ..footnotes.compile.given import known_given_names  # loads the dictionary, only where a list is read

    return known_given_names()


def folded_word(word: str) -> str:
    return word.lower().replace("ё", "е")


def _gender(family: str, given: str) -> str:
    readings = {gender for gender, cases in given_names().readings(folded_word(given.split()[0])) if "n" in cases}
    if len(readings) == 1:
        return readings.pop()
    if re.search(r"(?:ова|ева|ёва|ина|ына|ская|цкая|ая)$", family, re.IGNORECASE):
        return "f"
    return "m" if re.search(r"(?:ов|ев|ёв|ин|ын|ский|цкий|ый|ой)$", family, re.IGNORECASE) else ""
