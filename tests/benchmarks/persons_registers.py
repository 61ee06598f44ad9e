"""A thousand invented persons with rare family names, for measuring beside the starter registers.

Family names are made of syllables and the endings of all classes of declension; one that the Russian dictionary knows
is left out. Given names are the commonest there are, because a namesake's given name is what tells the two apart.
"""

import random
from typing import Any

from tests.benchmarks.engine_registers import starter

PERSONS = 1_000
_BEGIN = (
    "бры вду гря дзи жме зве кля кру лю мша ни обе пле пры ру скла смо сту тре тю ува фле хме цва че шку щу яро".split()
)
_MIDDLE = "би вра гла до жу зы ки ла мы но пе ра стри та ху цо ча шни".split()
_LAST = "б в г д ж з к л м н п р ст т х ч ш".split()
# The ending of a man's name, and of a woman's of the same family.
_ENDINGS = (
    ("ов", "ова"), ("ов", "ова"), ("ев", "ева"), ("ин", "ина"), ("ин", "ина"), ("ский", "ская"), ("ых", "ых"),
    ("енко", "енко"), ("ук", "ук"), ("ович", "ович"), ("ян", "ян"), ("швили", "швили"), ("адзе", "адзе"),
    ("ава", "ава"), ("аев", "аева"), ("ец", "ец"), ("юк", "юк"), ("ба", "ба"), ("ль", "ль"), ("ман", "ман"),
    ("оглу", "оглу"),
)  # fmt: skip
_MEN = "Александр Сергей Дмитрий Андрей Алексей Иван Павел Михаил Олег Юрий Пётр Лев Руслан Артём Евгений Тимур".split()
_WOMEN = (
    "Анна Елена Ольга Мария Наталья Ирина Екатерина Татьяна Юлия Любовь Дарья Алёна Зарема Айгуль Нино Софья".split()
)
_FATHERS = "Александров Сергеев Андреев Алексеев Иванов Павлов Михайлов Олегов Юрьев Петров Русланов Тимуров".split()


def persons(count: int = PERSONS) -> list[dict[str, Any]]:
    """Return entries of invented persons, each of a family of its own; every tenth has a pseudonym."""
    from articles.footnotes.inflect import is_dictionary_word

    chance, seen = random.Random(11), set()
    entries: list[dict[str, Any]] = []
    while len(entries) < count:
        man, woman = chance.choice(_ENDINGS)
        stem = chance.choice(_BEGIN) + chance.choice(_MIDDLE) + chance.choice(_LAST)
        is_man = chance.random() < 0.6
        family = (stem + (man if is_man else woman)).capitalize()
        if stem in seen or is_dictionary_word(family):
            continue
        seen.add(stem)
        given, father = chance.choice(_MEN if is_man else _WOMEN), chance.choice(_FATHERS)
        patronymic = father + ("ич" if is_man else "на")
        names: list[dict[str, Any]] = [{"text": f"{family} {given} {patronymic}"}]
        if len(entries) % 10 == 0:
            alias = f"{chance.choice(_MEN)} {chance.choice(_BEGIN).capitalize()}{chance.choice(_LAST)}"
            names.append({"text": alias, "type": "pseudonym"})
        person = {"family": family, "given": given, "patronymic": patronymic, "gender": "m" if is_man else "f"}
        entries.append({"key": f"person-{len(entries)}", "kind": "person", "person": person, "names": names})
    return entries


def with_persons(count: int = PERSONS) -> dict[str, Any]:
    """Return the starter file's dict with invented persons on its first register."""
    data = starter()
    designations = [{"register": data["registers"][0]["key"], "since": None, "until": None}]
    data["organizations"] += [{**one, "designations": designations} for one in persons(count)]
    return data
