"""The given names of the Russian dictionary, all of them: read from its graph of words, where five million words end in
some eight hundred thousand nodes."""

import struct
from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Any

from dawg_python import CompletionDAWG
from pymorphy3.tagset import OpencorporaTag

from articles.footnotes.inflect.dictionary import analyzer, parses

_END = 1  # the byte between a word and what is known of it
_RECORD = struct.Struct(">HH")  # the paradigm, the number of the form in it
_NO, _YES = 1, 2
_GENDERS = {"masc": "m", "femn": "f", "ms-f": "mf"}
# Words that are a verb's, an adjective's or another's form as well; a short participle hardly ever stands for itself.
_NOMINAL = frozenset({"NOUN", "PRTS"})


@cache
def given_names() -> dict[str, str]:
    """Return the given names the dictionary knows, small letters, е for ё, each with its genders ("m", "f", "mf").

    A word that is more often no noun (водил, ли) is left out. Takes half a second, once a process.
    """
    dictionary = analyzer().dictionary
    tags = {number: tag for number in range(len(dictionary.paradigms)) if "Name" in (tag := _tag(number))}
    found: dict[str, str] = {}
    for word, paradigms in _Graph(tags, Path(dictionary.path) / "words.dawg").words():
        if _is_mostly_noun(word):
            name = word.replace("ё", "е")
            genders = found.get(name, "") + "".join(_genders(tags[number]) for number in paradigms)
            found[name] = "".join(dict.fromkeys(genders))
    return found


def _tag(paradigm: int) -> OpencorporaTag:
    """Return what the first form of a paradigm is, the nominative."""
    return analyzer().dictionary.build_tag_info(paradigm, 0)


def _genders(tag: OpencorporaTag) -> str:
    return next((letters for gender, letters in _GENDERS.items() if gender in tag), "")


def _is_mostly_noun(word: str) -> bool:
    dictionary = analyzer().dictionary
    kinds = {str(dictionary.build_tag_info(*record).POS) for record in dictionary.words[word]}
    if kinds <= _NOMINAL:
        return True
    readings = parses(word)
    names = sum(one.score for one in readings if "Name" in one.tag)
    return bool(names >= sum(one.score for one in readings if str(one.tag.POS) not in _NOMINAL))


def _base(node: int, unit: int) -> int:
    """Return what the byte of a way on is put to for the node it leads to (a double array of the dawgdic library)."""
    return node ^ ((unit >> 10) << ((unit & 0x200) >> 6))


class _Graph:
    """The dictionary's file, for the words that begin one of some paradigms. Words share their endings in it, so
    whether any ends behind a node is asked once."""

    def __init__(self, paradigms: dict[int, OpencorporaTag], file: Path) -> None:
        stored = CompletionDAWG().load(str(file))
        self._units, self._guide = stored.dct._units, stored.guide._units  # by methods ten times slower
        self._known = bytearray(len(self._units))
        self._records: dict[int, Any] = {}
        for number in paradigms:
            at = self._records
            for byte in b64encode(_RECORD.pack(number, 0)):
                at = at.setdefault(byte, {})
            at[0] = number

    def words(self) -> list[tuple[str, list[int]]]:
        """Return the words, each with its paradigms."""
        self._leads(0)
        found: list[tuple[str, list[int]]] = []
        self._collect(0, b"", found)
        return found

    def _leads(self, node: int) -> int:
        """Say whether a word of the paradigms ends behind a node."""
        units, guide, known, verdict = self._units, self._guide, self._known, _NO
        unit = units[node]
        base, byte = node ^ ((unit >> 10) << ((unit & 0x200) >> 6)), guide[2 * node]  # `_base`, called too often
        while byte:
            following = base ^ byte
            answer = known[following]
            if not answer:
                if byte == _END:
                    answer = known[following] = _YES if self._paradigms(following, self._records) else _NO
                else:
                    answer = self._leads(following)
            if answer == _YES:
                verdict = _YES
            byte = guide[2 * following + 1]
        known[node] = verdict
        return verdict

    def _paradigms(self, node: int, records: dict[int, Any]) -> list[int]:
        """Return the paradigms whose record leads on from a node."""
        found = [records[0]] if 0 in records else []
        base, byte = _base(node, self._units[node]), self._guide[2 * node]
        while byte:
            if byte in records:
                found += self._paradigms(base ^ byte, records[byte])
            byte = self._guide[2 * (base ^ byte) + 1]
        return found

    def _collect(self, node: int, word: bytes, found: list[tuple[str, list[int]]]) -> None:
        base, byte = _base(node, self._units[node]), self._guide[2 * node]
        while byte:
            following = base ^ byte
            if self._known[following] == _YES:
                if byte == _END:
                    found.append((word.decode(), self._paradigms(following, self._records)))
                else:
                    self._collect(following, word + bytes((byte,)), found)
            byte = self._guide[2 * following + 1]
