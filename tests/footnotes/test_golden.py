"""Golden cases: texts with their marks, by theme, which anyone can add to without Python (see golden/README.md)."""

import re
from collections import deque
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from articles.footnotes.annotate import annotate
from articles.footnotes.ledger import Ledger
from articles.footnotes.render import render_text
from articles.footnotes.types import Annotation, Field, Style
from tests.footnotes.engine import DAY, HERE, compiled, registers, stripped

_FLAGS = re.compile(r"\s*\[([^\]]*)\]$")


@dataclass(frozen=True)
class Case:
    """One case: title with its flags, fields before and after, further expectations."""

    file: str
    title: str
    flags: dict[str, str]
    before: list[str]
    after: list[str]
    expected: list[str]

    @property
    def quiet(self) -> bool:
        """Say whether nothing happens, or a look-alike stays unmarked."""
        only = any(line.startswith(("unclear", "rejected", "typed")) for line in self.expected)
        return only or self.before == self.after


def read_cases(path: Path) -> list[Case]:
    """Return the cases of a golden file."""
    lines = deque(path.read_text(encoding="utf-8").split("\n"))
    cases: list[Case] = []
    while lines:
        line = lines.popleft()
        if line.startswith("> "):
            cases[-1].expected.append(line[2:])
        elif line and not line.startswith("#"):
            assert lines.popleft() == ".", f"{path.name}: {line!r} is a title without a text"
            case = _titled(path.name, line, _section(lines))
            second = bool(lines) and bool(lines[0]) and not lines[0].startswith("> ")
            cases.append(replace(case, before=case.after, after=_section(lines)) if second else case)
    return cases


def _section(lines: deque[str]) -> list[str]:
    return "\n".join(iter(lines.popleft, ".")).split("\n---\n")


def _titled(file: str, title: str, after: list[str]) -> Case:
    found = _FLAGS.search(title)
    words = found[1].split() if found else []
    flags = dict(word.split("=") if "=" in word else (word, "yes") for word in words)
    return Case(file, title, flags, [text.replace("*", "") for text in after], after, [])


CASES = [case for path in sorted((HERE / "golden").glob("[a-z]*.md")) for case in read_cases(path)]


def annotated(case: Case) -> tuple[Annotation, list[str], list[str]]:
    """Return the annotation of a case with its reasons, its fields with glyphs, and its notes as printed."""
    annotation = asked(case, explain=True)
    language = "ru" if "ru" in case.flags else "en"
    block = Ledger(registers(), style_of(case), language).block("a")
    texts = [
        render_text(field.text, [one for one in annotation.mentions if one.field == field.name], block)
        for field in fields_of(case)
    ]
    return annotation, texts, [str(note) for note in block.notes()]


def fields_of(case: Case) -> list[Field]:
    text_format = "html" if "html" in case.flags else "text"
    return [Field(f"field{i}", text, text_format) for i, text in enumerate(case.before)]


def style_of(case: Case) -> Style:
    return Style(glyphs=case.flags.get("glyphs", "asterisks"), mentions=case.flags.get("mentions", "every"))


def asked(case: Case, *, explain: bool) -> Annotation:
    flags = case.flags
    return annotate(
        fields_of(case),
        compiled(),
        language="ru" if "ru" in flags else "en",
        as_of=date.fromisoformat(flags["as-of"]) if "as-of" in flags else DAY,
        published_on=date.fromisoformat(flags["published"]) if "published" in flags else None,
        publisher=flags.get("publisher"),
        style=style_of(case),
        explain=explain,
    )


def unmet(case: Case) -> list[str]:
    """Return what a case expects and does not get."""
    if "strip" in case.flags:
        text_format = "html" if "html" in case.flags else "text"
        clean = [stripped(text, "ru" if "ru" in case.flags else "en", text_format) for text in case.before]
        return [] if clean == case.after else [f"stripped: {clean!r}"]
    annotation, texts, notes = annotated(case)
    problems = [] if texts == case.after else [f"marked: {texts!r}"]
    kinds = {"unclear": annotation.unclear, "rejected": annotation.rejected, "typed": annotation.typed_marks}
    for line in case.expected:
        kind, _, rest = line.partition(" ")
        surface, _, rule = rest.rpartition(" ")
        met = {
            "note": rest in notes,
            "notes": rest == str(len(notes)),
            "mentions": rest == str(len(annotation.mentions)),
            "rule": any((one.surface, one.rule) == (surface, rule) for one in annotation.mentions),
        }.get(kind)
        if met is None:
            met = any((one.surface, one.rule) == (surface, rule) for one in kinds[kind])
        if not met:
            problems.append(line)
    if not any(line.startswith("unclear") for line in case.expected) and annotation.unclear:
        problems.append(f"not asked for: {[(one.surface, one.rule) for one in annotation.unclear]}")
    return problems


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}: {case.title}")
def test_case(case: Case) -> None:
    """The text gets exactly these marks, and what is not marked has this reason."""
    assert unmet(case) == []


def test_enough_cases_and_half_of_them_quiet() -> None:
    """A false mark is harm: at least half of the cases prove that something is left alone."""
    quiet = sum(case.quiet for case in CASES)
    assert len(CASES) >= 200
    assert quiet * 2 >= len(CASES)
    assert len({(case.file, case.title) for case in CASES}) == len(CASES)
    texts = [(tuple(case.before), tuple(sorted(case.flags.items()))) for case in CASES]
    assert len(set(texts)) == len(texts)


def test_reasons_change_nothing_of_what_is_found() -> None:
    """What an edition marks may be asked for with or without them."""
    for case in CASES:
        plain, told = asked(case, explain=False), asked(case, explain=True)
        for kind in ("mentions", "unclear", "typed_marks"):
            found = [one._replace(why="") for one in getattr(told, kind)]
            assert found == list(getattr(plain, kind)), (case.file, case.title, kind)
