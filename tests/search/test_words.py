"""Words of texts, the same for every database."""

import doctest
from types import ModuleType

import pytest

from articles.search import letters, question, rank, spelling, words
from articles.search.english import APART, IRREGULAR, OWN
from articles.search.question import understand


@pytest.mark.parametrize("module", [words, letters, spelling, question, rank])
def test_examples_in_the_docstrings_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("стеклянная банка", "банка"),
        ("старинному банку", "банк"),
        ("северного банка", "банк"),
        ("стеклянную банку", None),  # `близкую банку структуру`
        ("полная банка", None),  # `полная воды`
        ("проданная банка", None),  # a participle may govern any case
        ("стеклянная. Банка", None),
        ("стеклянная, банка", None),
        ("новые стали", None),  # `новые стали дороже`
        ("его банка", None),
        ("новых судов", None),
    ],
)
def test_an_adjective_tells_which_noun_a_form_is(text: str, noun: str | None) -> None:
    every = set(words.lemmas(text.split()[1].casefold()).every)
    assert every & words.analysed(text)[1] == ({noun} if noun else every)


SURNAMES = """
Остроухов Остроухова Остроухову Остроуховым Остроухове
Вельжинский Вельжинского Вельжинскому Вельжинским Вельжинском
Вельжинская Вельжинской Вельжинскую
Штольцман Штольцмана Штольцману Штольцманом Штольцмане
Гуревец Гуревца Гуревцу Гуревцом Гуревце
Саркодян Саркодяна Саркодяну Саркодяном Саркодяне
Радулович Радуловича Радуловичу Радуловичем Радуловиче
Шамшур Шамшура Шамшуру Шамшуром Шамшуре
Поджарук Поджарука Поджаруку Поджаруком Поджаруке
Гогуль Гогуля Гогулю Гогулем Гогуле
Глызя Глызи Глызе Глызю Глызей
Кутателия Кутателии Кутателию Кутателией
Мюльхауз Мюльхауза Мюльхаузу Мюльхаузом Мюльхаузе
Кельмар Кельмара Кельмару Кельмаром Кельмаре
Лукашня Лукашни Лукашне Лукашню Лукашней
"""


@pytest.mark.parametrize("forms", SURNAMES.split("\n")[1:-1])
def test_every_case_of_a_name_that_no_dictionary_has_finds_every_other(forms: str) -> None:
    known = [form.lower() for form in forms.split()]
    missed = [
        (one, other)
        for one in known
        for other in known
        if not {*words.lemmas(one).asked} & {*words.lemmas(other, True).every}
    ]
    assert missed == []


def test_a_form_that_may_be_two_words_has_the_sense_that_the_text_has_for_certain() -> None:
    assert "банка" not in words.analysed("Банк ждёт вкладчиков банка")[1]
    assert "банк" in words.analysed("Банка стоит на столе")[1]
    assert "выборы" in words.analysed("Выборы без выбора")[1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ёлка и ЁЖ", ["елка", "и", "еж"]),
        ("re\u00adlease a\u200bb", ["release", "ab"]),
        ("за\u0301мок и замо\u0301к, и\u0306од, cafe\u0301", ["замок", "и", "замок", "йод", "café"]),
        ("snake_case – dash-ed", ["snake", "case", "dash", "ed"]),
        ("\x00 \n …", []),
        ("x" * 500, ["x" * 60]),
    ],
)
def test_folding_keeps_words_as_written(text: str, expected: list[str]) -> None:
    assert words.folded(text) == expected


def test_words_and_lemmas_hold_letters_and_digits_only() -> None:
    """So nothing of them is a command of a database."""
    signs = [chr(number) for number in range(0x20, 0x3000) if not 0xD800 <= number < 0xE000]
    around = ("a{}b", "а{}б", "{}у", "у{}", "1{}2", "о'{}а", "{0}'{0}", "а-b'{}")
    texts = [shape.format(sign) for sign in signs for shape in around]
    for start in range(0, len(texts), 50):
        row, every = words.analysed(" ".join(texts[start : start + 50]))
        assert [token for token in {*row, *every} if not token.isalnum()] == []


def test_every_case_of_a_russian_word_has_one_lemma() -> None:
    assert set(words.analysed("порт порта порту портом порте порты")[0]) == {"порт"}


def test_every_form_of_a_noun_is_found_by_its_nominative() -> None:
    """Parts of the dictionary: common nouns, surnames, places, each in all its cases and both numbers."""
    known = words.dictionary().dictionary.words
    seen, missed = set(), []
    for form in (
        form for start in ("бере", "голов", "иван", "медв", "остр", "паром", "судь") for form in known.keys(start)
    ):
        noun = words.dictionary().parse(form)[0].normalized
        if noun.tag.POS != "NOUN" or "Name" in noun.tag or not noun.word.isalpha() or noun.word in seen:
            continue
        asked = set(words.lemmas(noun.word.replace("ё", "е")).asked)
        if noun.word == "березина":  # Mrs Березина is meant, and not the river
            continue
        seen.add(noun.word)
        forms = {form.word.replace("ё", "е") for form in noun.lexeme}
        missed += [(noun.word, form) for form in forms if not asked & set(words.lemmas(form).every)]
    assert len(seen) > 150
    assert missed == []


@pytest.mark.parametrize(
    ("word", "asked", "every"),
    [
        ("паром", ["паром"], {"паром", "пар"}),  # a ferry, or by steam
        ("порты", ["порт"], {"порт", "порты"}),  # ports, or breeches
        ("мая", ["май"], {"май", "мая"}),  # of May, or Maya
        ("стали", ["стать"], {"стать", "сталь"}),
        ("банка", ["банка"], {"банка", "банк"}),
        ("судья", ["судья"], {"судья"}),
        ("иванов", ["иванов"], {"иванов"}),  # not several men named Иван
        ("женщиной", ["женщина"], {"женщина"}),
        ("120а", ["120а"], {"120а"}),
        ("men", ["man"], {"man", "men"}),
        ("rose", ["rose"], {"rose", "rise"}),
        ("court's", ["court"], {"court"}),
        ("o'brien", ["obrien"], {"obrien"}),
    ],
)
def test_the_likeliest_lemma_is_asked_for_and_all_are_indexed(word: str, asked: list[str], every: set[str]) -> None:
    found = words.lemmas(word)
    assert list(found.asked) == asked
    assert set(found.every) == every
    assert found.best == asked[0]


def test_each_base_of_the_english_data_is_a_form_of_nothing_else_and_each_line_changes_something() -> None:
    stem = words._stemmer("english").stemWord
    for form, base in IRREGULAR.items():
        assert base not in IRREGULAR or base in OWN, base
        assert stem(form) != stem(base), (form, base)
    for beginning, word in APART:
        assert word.startswith(beginning[:5])


def test_markup_inside_a_word_does_not_split_it() -> None:
    assert words.folded(words.plain("<p>sea<em>port</em></p><p>strike</p>")) == ["seaport", "strike"]
    page = "<section>sea</section><section>port</section><table><caption>city</caption>strike</table>"
    assert words.folded(words.plain(page)) == ["sea", "port", "city", "strike"]


@pytest.mark.parametrize(
    ("query", "clauses", "unwanted"),
    [
        ("", [], []),
        ('""" ', [], []),
        ("\x00", [], []),
        ('"port strike" courts', [["port strike"], ["courts"]], []),
        ("«забастовка в порту»", [["забастовка в порту"]], []),
        ('unclosed "quote here', [["unclosed"], ["quote"], ["here"]], []),
        ("a OR b c", [["a", "b"], ["c"]], []),
        ("a ИЛИ b | c", [["a", "b", "c"]], []),
        ("a or b", [["a"], ["or"], ["b"]], []),
        ('"OR" a', [["or"], ["a"]], []),
        ("OR OR", [], []),
        ("OR a OR", [["a"]], []),
        ("a OR -b c", [["a", "c"]], ["b"]),
        ("a AND b", [["a"], ["b"]], []),
        ('a -b -"c d"', [["a"]], ["b", "c d"]),
        ("a - b a-b", [["a"], ["b"], ["a b"]], []),
        ("−a –b --c", [], ["a", "b", "c"]),
        ('-"x', [], ["x"]),
        ('- -- " -', [], []),
        ("NEAR(a b) words:* x^2", [["near"], ["a"], ["b"], ["words"], ["x"], ["2"]], []),
    ],
)
def test_a_query_is_understood(query: str, clauses: list[list[str]], unwanted: list[str]) -> None:
    question = understand(query)
    assert [[" ".join(term.words) for term in clause] for clause in question.clauses] == clauses
    assert [" ".join(term.words) for term in question.unwanted] == unwanted


def test_a_long_query_is_cut() -> None:
    for query in ("word " * 10_000, "word OR " * 10_000, f'"{"word " * 10_000}"', "w" * 10_000):
        question = understand(query)
        assert sum(len(term.words) for clause in question.clauses for term in clause) <= 100
        assert len(question.clauses) <= 12
