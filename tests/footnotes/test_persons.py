"""Names of persons: their forms, their spellings, what tells a namesake, and the reviewed tables."""

from datetime import date
from functools import partial

import pytest

from articles.footnotes.annotate import Compiled, annotate, load_compiled
from articles.footnotes.compile import compile_registers
from articles.footnotes.compile.given import given_names_with, known_given_names
from articles.footnotes.person import declension
from articles.footnotes.person.given import GivenNames, is_patronymic
from articles.footnotes.person.irregular import EXCEPTIONS
from articles.footnotes.person.latin import key, keys_of, spellings
from articles.footnotes.registers import parse_registers
from articles.footnotes.rules.persons.things import LINES
from articles.footnotes.types import Annotation, Field, Person
from tests.benchmarks.persons_registers import persons
from tests.footnotes.engine import found
from tests.steps import steps


@pytest.mark.parametrize(
    ("word", "gender", "forms"),
    [
        ("тюльганов", "m", "тюльганов тюльганова тюльганову тюльгановым тюльганове"),
        ("тюльганова", "f", "тюльганова тюльгановой тюльганову"),
        ("крутоверский", "m", "крутоверский крутоверского крутоверскому крутоверским крутоверском"),
        ("степной", "m", "степной степного степному степным степном"),
        ("рыжий", "m", "рыжий рыжего рыжему рыжим рыжем"),
        ("цой", "m", "цой цоя цою цоем цое"),
        ("мирзабалян", "m", "мирзабалян мирзабаляна мирзабаляну мирзабаляном мирзабаляне"),
        ("мирзабалян", "f", "мирзабалян"),
        ("сухоносых", "m", "сухоносых"),
        ("ломейко", "m", "ломейко"),
        ("кошелец", "m", "кошелец кошельца кошельцу кошельцем"),
        ("цыбуля", "m", "цыбуля цыбули цыбуле цыбулю цыбулей"),
        ("гачия", "f", "гачия гачии гачию гачией"),
        ("шабурняк", "f", "шабурняк"),
        ("бергателли", "m", "бергателли"),
        ("ван вердонкель", "m", "ван вердонкель ван вердонкеля ван вердонкелю"),
        ("ветошкина-грач", "f", "ветошкина-грач ветошкиной-грач ветошкину-грач"),
    ],
)
def test_family_names_are_declined(word: str, gender: str, forms: str) -> None:
    """Of every class, by gender."""
    made = declension.family(word, gender)
    step = 2 if " " in word else 1
    parts = forms.split()
    assert {" ".join(parts[i : i + step]) for i in range(0, len(parts), step)} <= set(made)
    assert made[word].startswith("n")


@pytest.mark.parametrize(
    ("word", "gender", "other"),
    [
        ("тюльганов", "m", "тюльганова"),
        ("крутоверская", "f", "крутоверский"),
        ("степная", "f", "степной"),
        ("мирзабалян", "m", "мирзабалян"),
        ("ветошкина-грач", "f", "ветошкин-грач"),
    ],
)
def test_the_name_of_the_other_gender(word: str, gender: str, other: str) -> None:
    """By which a namesake is known."""
    assert other in declension.other_gender(word, gender)


def test_every_exception_has_its_example() -> None:
    """The reviewed table: the form in the example is one of those made."""
    for word, (gender, _, _, example) in EXCEPTIONS["given"].items():
        forms = declension.given(word, gender)
        assert any(form in forms for form in example.lower().replace("ё", "е").split()), word
    for sort in ("noun", "fixed"):
        for word, example in EXCEPTIONS[sort].items():
            last = example.lower().split()[-1]
            gender = "f" if "анны" in example.lower() else "m"
            assert "g" in declension.family(word, gender)[last], word


@pytest.mark.parametrize(
    ("word", "latin"),
    [
        ("евгений", "Yevgeny Evgeny Evgenii Evgeniy Yevgeniy Evgeni"),
        ("пётр", "Pyotr Petr"),
        ("юрий", "Yuri Yury Iurii Yuriy"),
        ("ксения", "Ksenia Kseniya Kseniia Xenia"),
        ("ольга", "Olga Ol'ga"),
        ("любовь", "Lyubov Liubov Lubov"),
        ("ильич", "Ilyich Ilich Il'ich"),
        ("сергеевич", "Sergeyevich Sergeevich"),
    ],
)
def test_spellings_share_a_key(word: str, latin: str) -> None:
    """Passports, maps and newspapers spell a name in several ways."""
    keys = keys_of(word)
    assert [one for one in latin.split() if key(one) not in keys] == []


@pytest.mark.parametrize(
    ("word", "latin"),
    [
        ("щуплов", "shchuplov schuplov"),
        ("цыганёв", "tsyganyov tsyganev cyganev"),
        ("хныкин", "khnykin hnykin"),
        ("крутоверский", "krutoversky krutoverskiy krutoverskii krutoverski"),
        ("мельников", "melnikov mel'nikov"),
        ("ягуарьев", "yaguaryev iaguariev"),
    ],
)
def test_a_family_name_in_latin_letters(word: str, latin: str) -> None:
    """All that are looked for."""
    assert set(latin.split()) <= set(spellings(word))


def test_given_names_and_patronymics_are_known() -> None:
    """In any case; ordinary words at the beginning of a sentence are none."""
    known = GivenNames.from_bytes(known_given_names().to_bytes())  # as a register version holds them
    assert ("m", "i") in known.readings("игорем")
    assert all(known.readings(word) for word in "льва алёнушка юлей али тони тома".replace("ё", "е").split())
    assert not any(known.readings(word) for word in "вчера позднее адвокат квартира после сам ли водил".split())
    assert known.is_latin("yevgeny")
    assert not any(known.is_latin(word) for word in "the publisher police yesterday".split())
    assert [is_patronymic(tuple(one.split())) for one in ("ильича", "рафик оглы", "ибн саад", "иванов")] == [1, 2, 2, 0]


def test_given_names_of_listed_persons_are_known() -> None:
    """Which the dictionary may not have, or only of the other gender; none is known where nobody is listed."""
    person = Person("Ольховцын", "Фирдавс", "", "m")
    known = given_names_with(
        [person, Person("Ольховцына", "Гоар", "", "f"), Person("Ольховцына", "Анна-Грета", "", "f")]
    )
    assert known.readings("фирдавсом") == (("m", "i"),)
    assert {gender for gender, _ in known.readings("гоар")} == {"m", "f"}
    assert known.is_given("firdavs") and not known.readings("анна-грета")
    nobody = load_compiled(compile_registers(parse_registers({"registers": [], "organizations": []}))).given_names
    assert not (nobody.is_given("иван") or nobody.is_given("ivan") or nobody.is_latin("''"))


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.sort}: {line.example}")
def test_every_word_for_a_thing_has_its_example(line: object) -> None:
    """The name is no mention there, though the article names the person; only where it is spoken of it is."""
    text = getattr(line, "example")  # noqa: B009 - the ids need the line
    language = "ru" if text[0] > "z" else "en"
    person = "Назар Ольховцын" if language == "ru" else "Nazar Olkhovtsyn"
    text = text.replace("Ольхов", "Ольховцын").replace("Olkhov", "Olkhovtsyn")
    marks = [one.surface for one in found(f"{person}. {text}.", language).mentions]
    assert len(marks) == (2 if getattr(line, "sort") == "spoken" else 1)  # noqa: B009


def thousand() -> Compiled:
    """Return a thousand invented persons, compiled."""
    register = {"key": "xx-agents", "status": "foreign_agent", "jurisdiction": "XX"}
    designations = [{"register": "xx-agents", "since": None, "until": None}]
    entries = [{**one, "designations": designations} for one in persons(300)]
    return load_compiled(compile_registers(parse_registers({"registers": [register], "organizations": entries})))


def test_every_invented_person_is_found_in_each_case() -> None:
    """In both orders, with the patronymic and without, and in Latin letters."""
    compiled = thousand()
    missed = []
    for one in persons(300):
        person = one["person"]
        family, given, father = (person[part].lower().replace("ё", "е") for part in ("family", "given", "patronymic"))
        sex = person["gender"]
        for case in declension.CASES:
            forms = [
                next(form for form, cases in made.items() if case in cases).title()
                for made in (
                    declension.family(family, sex),
                    declension.given(given, sex),
                    declension.patronymic(father, sex),
                )
            ]
            for text in (
                f"{forms[1]} {forms[0]}",
                f"{forms[0]} {forms[1]} {forms[2]}",
                f"{forms[1]} {forms[2]} {forms[0]}",
            ):
                missed += [text for text in [text] if whole(text, compiled, "ru") != [text]]
        latin = f"{spellings(given)[0].title()} {spellings(family)[0].title()}"
        missed += [latin] if whole(latin, compiled, "en") != [latin] else []
    assert missed == []


def whole(text: str, compiled: Compiled, language: str) -> list[str]:
    """Return what is marked of a text."""
    return [one.surface for one in annotated(text, compiled, language).mentions]


def annotated(text: str, compiled: Compiled, language: str) -> Annotation:
    return annotate([Field("body", text)], compiled, language=language, as_of=date(2025, 1, 1))


@pytest.mark.parametrize(
    "unit", ["Тюльганов ", "Борис Тюльганов и Егор Тюльганов, ", "Б. ", "Борис ", "«Тюльганов", "(Тюльганов "]
)
def test_many_names_cost_no_more_each(unit: str) -> None:
    """Ten times the text takes about ten times the steps, not a hundred times."""
    texts = [f"Борис Тюльганов. {unit * count} Тюльганов" for count in (400, 4_000)]
    few, many = (steps(partial(found, text, "ru")) for text in texts)
    assert many < 12 * few


def test_no_person_is_looked_for_in_a_byline() -> None:
    """A listed author is the outlet's own business."""
    from tests.footnotes.engine import DAY, compiled

    fields = [Field("byline", "Борис Тюльганов, Б. И. Тюльганов"), Field("body", "Тюльганов молчит.")]
    found_here = annotate(fields, compiled(), language="ru", as_of=DAY)
    assert (found_here.mentions, found_here.unclear) == ((), ())
    fields = [Field("caption", "Борис Тюльганов"), Field("body", "Тюльганов молчит.")]
    assert len(annotate(fields, compiled(), language="ru", as_of=DAY).mentions) == 2


def listed(*names: tuple[str, str, str, str]) -> Compiled:
    """Return a register of persons, each given as family name, given name, patronymic and gender."""
    register = {"key": "xx-agents", "status": "foreign_agent", "jurisdiction": "XX"}
    entries = [
        {
            "key": f"p{number}",
            "kind": "person",
            "person": {"family": family, "given": given, "patronymic": patronymic, "gender": gender},
            "names": [{"text": f"{family} {given} {patronymic}", "language": "ru"}],
            "designations": [{"register": "xx-agents", "since": None, "until": None}],
        }
        for number, (family, given, patronymic, gender) in enumerate(names)
    ]
    return load_compiled(compile_registers(parse_registers({"registers": [register], "organizations": entries})))


def test_a_soft_sign_is_an_apostrophe_at_the_end_of_a_name_too() -> None:
    """Of a given name and of a family name, before the family name and behind it."""
    compiled = listed(("Скребель", "Игорь", "Ильич", "m"), ("Мотыгина", "Любовь", "Львовна", "f"))
    names = ["Igor' Skrebel'", "Igor’ Skrebel", "Lyubov' Motygina", "Lyubov' L'vovna Motygina"]
    assert [whole(f"Here {name} spoke.", compiled, "en") for name in names] == [[name] for name in names]


def test_a_family_name_of_many_is_read_once_for_all() -> None:
    """Nearly two hundred who share it cost less each than one."""
    given = "Иван Роман Олег Борис Глеб Степан Юрий Андрей Артём Денис Захар Лев Макар Егор Фёдор Назар Тарас Марк Юлий"
    fathers = "Иванович Романович Олегович Борисович Глебович Степанович Юрьевич Андреевич Денисович Захарович"
    people = [("Хунзаверов", one, father, "m") for one in given.split() for father in fathers.split()]
    text = "Иван Иванович Хунзаверов. " + "Там Хунзаверов и Василий Хунзаверов. " * 60
    took = []
    for compiled in (listed(people[0]), listed(*people)):
        annotated(text, compiled, "ru")
        took.append(steps(partial(annotated, text, compiled, "ru")))
    assert took[1] < len(people) * took[0] * 0.5
