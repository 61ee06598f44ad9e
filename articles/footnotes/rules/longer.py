"""Unmistakable names that are something else all the same: part of a longer name, or the title of a work."""

import re

from articles.footnotes.automaton import NameData
from articles.footnotes.rules.fits import BODY_NOUNS, GENERAL, fit_of, kinds_of
from articles.footnotes.rules.hit import Cue, Hit, begins_hit, fills_quotes
from articles.footnotes.rules.sentence import in_title_case, sentence_span

# What a body is called whose name others lengthen: `Dome Institute of Medical Research`.
_HEADS = frozenset(
    "institute institution center centre college university council commission foundation fund society house trust "
    "endowment school church committee club temple alliance party union service agency association league "
    "институт центр колледж университет совет комиссия фонд общество школа церковь комитет храм альянс союз служба "
    "агентство ассоциация".split()
)
_LONGER_EN = re.compile(r" (?:of|for|on) (?:the )?[A-Z][a-z]+")
# Behind the noun in small letters: `the Dome council of fishermen`.
_GOES_ON = re.compile(r" (?:of|for) (?:[a-z]+ing |the |our |his |her |its |their )?[a-z]+")
# A Russian one: `Купольный институт медицинских исследований`, `Купольный совет по рыболовству`.
_LONGER_RU = re.compile(
    r" (?:[а-яё]+(?:ых|их|ой|ого|его) [а-яё]+(?:ий|ов|ей|ии|ия|ы|и|а|я)|имени"
    r"|по (?!решен|мнен|слов|дел|итог|данн|прав|сути|вопрос|повод|иск|закон|факт|сообщ|просьб|приговор|требован)"
    r"[а-яё]+(?:у|ю|е|и|ам|ям))(?![а-яё])"
)
_REACH = 60
_CONGREGATIONS = re.compile(r"\b(?:church|temple|congregation|chapel|церковь|храм|община)\b")
_DAYS = (
    "January February March April May June July August September October November December Monday Tuesday Wednesday "
    "Thursday Friday Saturday Sunday"
)
_PLACED = re.compile(rf" (?:in|во?) (?!(?:{_DAYS.replace(' ', '|')})\b)(?:St\. |Saint |Санкт-)?([A-ZА-ЯЁ][a-zа-яё]+)")
# Where bodies of these lists are at home; a namesake is placed elsewhere.
_AT_HOME = frozenset(
    "Russia Moscow Petersburg Kazan Novosibirsk Yekaterinburg Samara Omsk Perm Ufa Voronezh Rostov Krasnodar Tomsk "
    "Siberia Ukraine Kyiv Kiev Kharkiv Odesa Lviv Crimea Latvia Riga Belarus Minsk Kazakhstan Estonia Lithuania "
    "Georgia "
    "России Российской Москве Петербурге Казани Новосибирске Екатеринбурге Самаре Омске Перми Уфе Воронеже Ростове "
    "Краснодаре Томске Сибири Украине Киеве Харькове Одессе Львове "
    "Крыму Латвии Риге Беларуси Белоруссии Минске "
    "Казахстане Эстонии Литве Грузии".split()
)
_PROPER = re.compile(r" ([A-Z][a-z]+)(?![\w-])")
_OF_OUTLETS = frozenset(
    "deputy chief director president founder owner ceo live news studio telegram youtube podcast who which that "
    f"{_DAYS.lower()}".split()
)
_TITLE = re.compile(r"The [A-Z][a-z]+\Z")
# Who makes a work, what it is, what it wins: `“The Watcher” won two Oscars`.
_WORKS = re.compile(
    r"\b(?:novels?|novella|novelist|fiction|films?|movies?|cinemas?|screenings?|screenplay|directed|director|directing|"
    r"cast|starr(?:ed|ing|s)|actors?|actress(?:es)?|oscars?|emmys?|grammys?|episodes?|premiered|premiere|playwright|"
    r"sequel|prequel|soundtrack|album|lyrics|songs?|singles?|chart|charts|band|rhymes?|poems?|stanzas?|paperback|"
    r"hardback|chapters?|heroine|protagonist|plot|remake|box office|sitcom|opera|ballet|stage|murder mystery|thriller|"
    r"bestsellers?)\b"
)
_NEXT = 120
_MAKES = frozenset(
    "wrote writes published publishes broadcast author authors producer publisher readers viewers".split()
)


# Printed and sung things in the plural («книги» may be one book's, too), and what makes the names behind their titles.
_SEVERAL = re.compile(
    r"(?:книг(?:и|ам|ами|ах)?|песн(?:и|ям|ями|ях)|песен|журнал(?:ы|ов)|фильм(?:ы|ов)|books|songs|films|magazines)\Z"
)
_NEXT_TITLE = re.compile(r"(?:,| и| или| and| or) [«“\"„]")


def may_be_longer(name: NameData) -> bool:
    """Say whether others' names lengthen a name: it is of several words and ends in what such bodies are called."""
    words = name.text.lower().split()
    return len(words) > 1 and words[-1] in _HEADS


def may_have_namesakes(name: NameData) -> bool:
    """Say whether a name is a congregation's, which others elsewhere bear, or a foreign word."""
    return _is_congregation(name) or _is_foreign_word(name)


def _is_congregation(name: NameData) -> bool:
    return not name.abbreviation and _CONGREGATIONS.search(name.text.lower()) is not None


def _is_foreign_word(name: NameData) -> bool:
    """Say whether a name is a single word in Latin letters for an outlet, mostly an ordinary Russian word: Proekt."""
    single = name.text.isascii() and name.text.isalpha() and name.text[1:].islower()
    return single and not name.abbreviation and "outlet" in kinds_of(name.descriptors)


def namesake(hit: Hit) -> Cue | None:
    """Return the city behind a congregation's name, or the proper noun behind a foreign word, that makes a namesake."""
    text, end = hit.passage.text, hit.end
    if not text.startswith(" ", end):
        return None
    if _is_congregation(hit.name):
        placed = _PLACED.match(text, end)
        return Cue(placed[1], hit.passage, *placed.span(1)) if placed and placed[1] not in _AT_HOME else None
    match = _PROPER.match(text, end) if _is_foreign_word(hit.name) else None
    if match is None or begins_hit(hit, end + 1) or in_title_case(hit):
        return None
    fit, low = fit_of(kinds_of(hit.name.descriptors)), match[1].lower()
    own = low in _OF_OUTLETS or low in BODY_NOUNS or low in GENERAL or low in hit.name.descriptors
    if own or any(words and words.match(low) for words in (fit.people, fit.deeds, fit.words, fit.acts)):
        return None
    return Cue(match[1], hit.passage, *match.span(1))


def part_of_longer(hit: Hit) -> Cue | None:
    """Return the words behind a hit that make it part of another body's name: `the Dome Institute of Botany`."""
    text, end = hit.passage.text, hit.end
    if not text.startswith(" ", end) or not text[end + 1 : end + 2].islower():
        return None  # as behind most
    pattern = _LONGER_EN if hit.name.language == "en" else _LONGER_RU
    match = pattern.match(text, end, end + _REACH)
    return Cue(match[0].strip(), hit.passage, end + 1, match.end()) if match else None


def is_ordinary_phrase(hit: Hit) -> Cue | None:
    """Return the words behind an English name whose noun is small in mixed text that make it ordinary words: `the Dome
    council of fishermen`."""
    text, end = hit.passage.text, hit.end
    noun = text[text.rfind(" ", hit.start, end) + 1 : end]
    if hit.name.language != "en" or not noun[:1].islower() or text.islower():
        return None
    match = _GOES_ON.match(text, end, end + _REACH)
    return Cue(match[0].strip(), hit.passage, end + 1, match.end()) if match else None


def may_be_owned(hit: Hit) -> bool:
    """Say whether “of” behind the noun of a name may tell whose it is: `the Amber foundation of an exiled singer`."""
    return hit.passage.scan.endswith(("foundation", "fund", "trust", "forum"), hit.start, hit.end)


def may_be_title(name: NameData) -> bool:
    """Say whether a name is an article and a word, as titles are: The Watcher."""
    return name.language == "en" and _TITLE.match(name.text) is not None


def is_quoted_title(hit: Hit) -> bool:
    """Say whether quotation marks are around a hit, a comma of theirs included: `“The Watcher,” he said`."""
    text, start, end = hit.passage.text, hit.start, hit.end
    if fills_quotes(text, start, end) > end:
        return True
    return text[end : end + 1] in (",", ".") and start > 0 and fills_quotes(text, start, end + 1) > end + 1


def makes_works(word: str) -> bool:
    """Say whether a word before a title is for what is done with one."""
    return word in _MAKES


def speaks_of_works(hit: Hit) -> Cue | None:
    """Return the word for a work or its makers in the hit's sentence or the next."""
    passage = hit.passage
    first, last = sentence_span(passage.text, hit.start, hit.end)
    match = _WORKS.search(passage.scan, first, min(len(passage.scan), last + _NEXT))
    return Cue(match[0], passage, *match.span()) if match else None


def owns_several(hit: Hit, word: str) -> bool:
    """Say whether several things stand before a single name, which is then whose they are: «книги «Аль-Маяк»»."""
    stop = fills_quotes(hit.passage.text, hit.start, hit.end)
    return _SEVERAL.match(word) is not None and _NEXT_TITLE.match(hit.passage.text, stop) is None
