"""What is kept of nobody: birth dates, numbers of a taxpayer, insured person or passport, addresses, telephones.

A keeper's list prints them beside the name. `is_private` knows them by the key or header above them, `holds_private` in
running text, where a date or number alone may be that of a document, `is_dated` in a name, where none belongs.
"""

import re

# By the beginnings of the words in a key.
_KEY = re.compile(
    r"(?:^|_)(?:birth|born|dob|inn|snils|passport|address|residence|phone|taxpayer|tax_(?:id|number)|insurance"
    r"|рожд|дата_рож|инн|снилс|паспорт|адрес|жительств|телефон)",
    re.IGNORECASE,
)
_DATE = (
    r"\d{1,2}[./]\d{1,2}[./]\d{2}(?:\d\d)?|\d{4}-\d\d-\d\d"
    r"|\d{1,2} (?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)\w* \d{4}"
    r"|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w* \d{4}"
)
_BORN = r"(?:\bг\.\s?р\.|\bрожд(?:ен|ён)\w*|\bродил(?:ся|ась)|\bborn\b|\bbirth\b|\bd\.?o\.?b\b)"
_LONG = r"(?<![\d/=-])\d(?:[ -]?\d){8,}"
_TEXT = re.compile(
    rf"(?:{_DATE}|(?:19|20)\d\d)[^\n\d]{{0,15}}{_BORN}|{_BORN}[^\n\d]{{0,15}}(?:{_DATE}|(?:19|20)\d\d)"
    r"|\b(?:инн|снилс|паспорт\w*|inn|snils|passport|taxpayer)\b[^\n\d]{0,25}\d[\d -]{3,}"
    r"|(?<![\d-])\d{3}-\d{3}-\d{3}[- ]\d\d(?![\d-])|(?<![\w/=.-])\d{12}(?![\w/-])"
    r"|\b(?:прожива\w+|жительств\w*|адрес\w*|resid(?:es|ing|ent|ence)|address)\b(?:(?!https?:)[^\n\d]){0,60}\d+"
    r"|\bкв\.?\s?\d+|\b(?:тел|телефон|phone)\b\.?:?\s?\+?\d[\d() -]{5,}",
    re.IGNORECASE,
)
_NAME = re.compile(rf"(?:{_DATE})(?!\d)|{_BORN}|{_LONG}", re.IGNORECASE)


def is_private(key: str) -> bool:
    """Say whether a key of a file names what is kept of nobody: birth, numbers, address.

    >>> is_private("birth_date"), is_private("birthDate"), is_private("inner")
    (True, True, False)
    """
    parts = re.sub(r"(?<=[a-zа-я])(?=[A-ZА-Я])|[\s-]+", "_", key)
    found = _KEY.search(parts)
    return found is not None and (found[0].strip("_").lower() not in ("inn", "инн") or _whole(parts, found))


def _whole(text: str, found: re.Match[str]) -> bool:
    return not text[found.end() : found.end() + 1].isalpha()


def holds_private(text: str) -> bool:
    """Say whether a text tells a birth date, a person's number, an address or a telephone.

    >>> holds_private("Order 12 of 3 March 2024, page 771234567"), holds_private("Order 12; born 12.03.1970")
    (False, True)
    """
    return _TEXT.search(text) is not None


def is_dated(text: str) -> bool:
    """Say whether a name holds a date or a long number, which are none of its own.

    >>> is_dated("Лоцман-77"), is_dated("Рябоконев 1970-03-12")
    (False, True)
    """
    return _NAME.search(text) is not None or holds_private(text)


def masked(text: str, *, is_name: bool = False) -> str:
    """Return a text without the figures of what is kept of nobody; that something stood there can still be seen.

    `is_name`: a date alone goes, too.

    >>> masked("Order 12; born 12.03.1970")
    'Order 12; born 00.00.0000'
    """
    for pattern in (_TEXT, _NAME) if is_name else (_TEXT,):
        text = pattern.sub(lambda found: re.sub(r"\d", "0", found[0]), text)
    return text
