"""What fits a body's kind: who belongs to it, what it does, what it is called. Language data, by kind.

A kind is known by the words a body is called (`издание`, `battalion`). Words that end in `*` have any ending.

- `people`: directly before the name (`журналист «Луча»`), in English also as `Veter's fighters`, `a fighter of Veter`
- `deeds`: directly before or after the name, few words between (`«Луч» сообщил`, `рассказал «Лучу»`, `Beam reported`)
- `words`: anywhere in the article, unless another name stands beside them (`Редакция не ответила`)
"""

import re
from dataclasses import dataclass
from functools import lru_cache

# Kind → what bodies of it are called, folded. Every body is of the kind "body" too.
_CALLED = {
    "outlet": (
        "издание издания издании изданию изданием медиа сми сайт портал канал телеканал газета журнал радио радиостанция "
        "телекомпания агентство редакция outlet website channel magazine newspaper broadcaster radio media"
    ),
    "armed": (
        "полк батальон бригада легион корпус нацбат подразделение формирование отряд battalion regiment brigade unit legion"
    ),
    "fund": "фонд foundation fund charity",
    "company": "компания корпорация холдинг company corporation",
    "church": "церковь секта church sect",
}
_OUTLETS_TOO = frozenset({"телеграм канал"})

# Kind → sort → words. An example stands behind each line.
_TABLE: dict[str, dict[str, str]] = {
    "outlet": {
        "people": (
            "журналист* корреспондент* редактор* редакци* главред* репортер* обозревател* ведущ* стрингер* расследовател* "
            "читател* подписчик* собеседник* источник* интервью эфир* расследовани* публикаци* репортаж* корпункт* студи* "  # редактор «Луча»
            "editor* journalist* reporter* correspondent* newsroom stringer* readers viewers presenter* columnist*"  # a reporter for Beam
        ),
        "deeds": (
            "сообщ* пиш* писал* написал* рассказ* выясн* узнал* опубликова* публику* отмеча* уточня* передае* цитиру* подсчита* "
            "поговори* напечата* ссыла* данным информации "  # рассказали «Лучу», по данным «Луча»
            "reported reports wrote writes published publishes broadcast according"  # according to Beam
        ),
        "words": (
            "издани* телеканал* редакци* главред* сми медиа журналист* корреспондент* телеграм телеграмм расследовател* медиапроект* "  # Редакция не ответила.
            "newsroom journalists editor editors reporters broadcaster telegram outlet newspaper"  # The editor declined to comment.
        ),
    },
    "armed": {
        "people": (
            "боец бойц* боевик* комбат* рота роты роте роту взвод* военн* солдат* пленн* ветеран* снайпер* командир* "  # бойцы «Ветра»
            "fighter* militant* soldier* prisoner* servicem* veteran* commander* recruit*"  # fighters of Veter
        ),
        "deeds": "воева* воюе* сража* служи* fought served",  # служил в «Ветре»
        "words": (
            "батальон* полк полка полке полку полком бригад* боец бойц* боевик* наемник* нацбат* "  # Бойцы вышли из города.
            "battalion* regiment brigade fighters militants"
        ),
    },
    "fund": {
        "people": "донор* подопечн* волонтер* сотрудни* юрист* donor* volunteer* staff lawyer*",  # подопечные «Луча»
        "deeds": "жертвова* пожертвова* перевел* переводи* донат* donated donat*",  # перевёл «Лучу» деньги
        "words": "пожертвовани* благотворительн* donation* charity",  # Пожертвования вернули.
    },
    "company": {"people": "", "deeds": "", "words": ""},
    "church": {
        "people": "прихожан* пастор* последовател* верующ* адепт* parishioner* pastor* follower* believer*",  # пастор «Луча»
        "deeds": "",
        "words": "прихожан* пастор* адепт* pastor* followers",  # Пастор задержан.
    },
    "body": {
        "people": (
            "участник* участниц* сторонник* член* активист* адепт* последовател* правозащитник* юрист* адвокат* фигурант* "
            "координатор* волонтер* сооснователь* ячейк* филиал* идеологи* символик* деятельност* членств* штаб* "  # участники «Луча»
            "member* activist* supporter* lawyer* adherent* coordinator* volunteer* cell"  # members of Veter
        ),
        "deeds": "вступ* ликвидирова* запрет* признал* признан* признать распусти* основал* banned dissolved founded",  # суд ликвидировал «Луч»
        "words": "",
    },
}
# What any body does or is done to: enough only for a name that the article gives the organization elsewhere.
_ACTS = (
    "заяв* назва* назыв* призва* призыва* объяв* потребова* требу* отказа* обжал* опроверг* подтверд* подал* созда* "
    "выпусти* выпуска* пров* оштраф* штраф* заблокир* закры* обвин* осуд* суд суда суду судом суде иск* оспор* получ* "
    "сообщ* пиш* рассказ* опубликова* узна* выясн* смени* продолж* работа* собира* проси* "  # Луч заявил, Луч оштрафовали
    "said says announced denied appealed sued fined lost won called closed reported published wrote told court"  # Beam denied it
)
GENERAL = frozenset(
    form
    for word in ("организаци", "группировк", "движени", "объединени")
    for form in (word + end for end in "я и ю ей ях ям ями й е ем ю а у ой ах ам ами к".split())
) | frozenset({"group", "grouping", "organization", "organisation", "movement"})


@dataclass(frozen=True, slots=True)
class Fit:
    """The patterns of a set of kinds, for one folded word; None where a kind has no such words. `acts`: of any body;
    `beginnings`: the first three letters of `words`."""

    people: re.Pattern[str] | None
    deeds: re.Pattern[str] | None
    words: re.Pattern[str] | None
    acts: re.Pattern[str] | None
    beginnings: frozenset[str]


@lru_cache(maxsize=512)
def kinds_of(descriptors: frozenset[str]) -> frozenset[str]:
    """Return the kinds of a body by the words it is called."""
    found = {kind for kind, called in _CALLED.items() if not descriptors.isdisjoint(called.split())}
    if not descriptors.isdisjoint(_OUTLETS_TOO):
        found.add("outlet")
    return frozenset(found | {"body"})


@lru_cache(maxsize=128)
def fit_of(kinds: frozenset[str]) -> Fit:
    """Return the words that fit any of the kinds."""
    sorts = (" ".join(_TABLE[kind][sort] for kind in sorted(kinds)) for sort in ("people", "deeds", "words"))
    beginnings = frozenset(word[:3] for kind in kinds for word in _TABLE[kind]["words"].split())
    return Fit(*map(_pattern, sorts), _pattern(_ACTS), beginnings)


def _pattern(words: str) -> re.Pattern[str] | None:
    parts = [re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in dict.fromkeys(words.split())]
    return re.compile(rf"(?:{'|'.join(parts)})\Z") if parts else None
