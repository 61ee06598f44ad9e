"""Reviewed exceptions to the rules of declension, each with the example that earned it.

A line of the table: sort | word | gender, stem, endings of the six cases (of a given name) | example.

- `given`: a given name that loses a vowel or changes its stem
- `noun`: a family name that looks like an adjective or a possessive and declines as a noun
- `fixed`: a name that looks as if it declined and does not
"""

from typing import Any

TABLE = """
given | лев       | m л , ев ьва ьву ьва ьвом ьве       | книга Льва Озерина
given | павел     | m пав , ел ла лу ла лом ле          | дом Павла Озерина
given | петр      | m петр , - а у а ом е               | адвокат Петра Озерина
given | любовь    | f любов , ь и и ь ью и              | разговор с Любовью Озериной
given | айгуль    | f айгул , ь ь ь ь ь ь               | слова Айгуль Жолтаевой
given | гюзель    | f гюзел , ь и и ь ью и              | книга Гюзели Жолтаевой
given | илия      | m ил , ия ии ии ию ией ии           | слово Илии Озерина
given | захария   | m захар , ия ии ии ию ией ии        | слово Захарии Озерина
noun  | щербина   | f                                   | слова Анны Щербины
noun  | калина    | f                                   | слова Анны Калины
noun  | малина    | f                                   | слова Анны Малины
noun  | рябина    | f                                   | слова Анны Рябины
noun  | осина     | f                                   | слова Анны Осины
noun  | дубина    | f                                   | слова Анны Дубины
noun  | кручина   | f                                   | слова Анны Кручины
noun  | скотина   | f                                   | слова Анны Скотины
noun  | половина  | f                                   | слова Анны Половины
noun  | година    | f                                   | слова Анны Годины
noun  | палий     | m                                   | слова Ивана Палия
noun  | гиоргий   | m                                   | слова Ивана Гиоргия
noun  | вий       | m                                   | слова Ивана Вия
fixed | дюма      |                                     | слова Ивана Дюма
fixed | золя      |                                     | слова Ивана Золя
fixed | петипа    |                                     | слова Ивана Петипа
fixed | труайя    |                                     | слова Ивана Труайя
fixed | гавальда  |                                     | слова Анны Гавальда
"""


def _read() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {"given": {}, "noun": {}, "fixed": {}}
    for line in TABLE.strip().splitlines():
        sort, word, how, example = (part.strip() for part in line.split("|"))
        if sort == "given":
            begun, _, endings = how.partition(",")
            gender, stem = begun.split()
            found[sort][word] = (gender, stem, tuple("" if end == "-" else end for end in endings.split()), example)
        else:
            found[sort][word] = example
    return found


EXCEPTIONS = _read()
