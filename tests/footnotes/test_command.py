"""`manage.py annotate` with a register file: no database, every form of input and output, clear errors."""

import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles.management.annotation import Job, annotate_lines
from tests.footnotes.engine import HERE, compiled

REGISTERS = str(HERE / "registers.json")


def run(tmp_path: Path, text: str | bytes, **options: Any) -> tuple[str, str]:
    """Run the command over a file with a text; return what it writes and what it complains of."""
    file = tmp_path / "input"
    file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    out, err = io.StringIO(), io.StringIO()
    settings = {"registers": REGISTERS, "as_of": "2025-01-01"} | options
    try:
        call_command("annotate", str(file), stdout=out, stderr=err, **settings)
    except CommandError as error:
        return out.getvalue(), f"{err.getvalue()}{error}"
    return out.getvalue(), err.getvalue()


def test_text(tmp_path: Path) -> None:
    """The marked text, an empty line, the notes."""
    out, err = run(tmp_path, "ISIS met Mirrora.\n")
    assert out == "ISIS* met Mirrora**.\n\n*The organization is listed as terrorist.\n**Recognized as extremist.\n"
    assert err == ""


def test_html(tmp_path: Path) -> None:
    """The fragment with linked marks and the list of notes, as the site prints it."""
    out, _ = run(tmp_path, "<p>ISIS</p>", format="html")
    assert '<p>ISIS<sup class="mark"><a href="#a-note-1" id="a-mark-1"' in out
    assert '<p class="legal-note" role="doc-footnote" id="a-note-1"><a href="#a-mark-1" role="doc-backlink"' in out
    assert ">*</a>The organization is listed as terrorist.</p>" in out


def test_jsonl(tmp_path: Path) -> None:
    """A line in, a line out, with offsets of the input."""
    lines = [
        {"id": 7, "text": "“Islamic State” (IS)"},
        {"id": "x", "text": "<b>ИГИЛ</b>", "language": "ru", "format": "html"},
    ]
    out, _ = run(tmp_path, "\n".join(json.dumps(line) for line in lines) + "\n\n", format="jsonl")
    first, second = map(json.loads, out.splitlines())
    assert first["id"] == 7 and first["marked_text"] == "“Islamic State” (IS)*"
    assert first["notes"] == ["*The organization is listed as terrorist."]
    assert first["mentions"] == [
        {
            "surface": "“Islamic State” (IS)",
            "start": 0,
            "end": 20,
            "mark_at": 20,
            "organization": "islamic-state",
            "register": "xx-terrorist",
            "rule": "strong",
        }
    ]
    assert first["unclear"] == first["typed_marks"] == [] and "rejected" not in first
    assert second["marked_text"] == "<b>ИГИЛ</b>*"


def test_a_combination_joins_its_registers(tmp_path: Path) -> None:
    """In the order of statuses."""
    out, _ = run(tmp_path, "FRF left", format="json")
    assert json.loads(out)["mentions"][0]["register"] == "xx-extremist+xx-agents"


def test_explain(tmp_path: Path) -> None:
    """A why for each, and what was rejected, without mark_at."""
    out, _ = run(tmp_path, "ISIS left, isis stayed, ISIS* came", format="json", explain=True)
    answer = json.loads(out)
    assert answer["mentions"][0]["why"].startswith("“ISIS” (by the register it needs no cue).")
    assert answer["rejected"][0]["rule"] == "letter_case" and "reason" in answer["rejected"][0]
    assert answer["typed_marks"][0]["rule"] == "typed_mark" and "mark_at" not in answer["typed_marks"][0]
    _, err = run(tmp_path, "ISIS left, isis stayed", explain=True)
    assert "0-4 marked [strong] islamic-state" in err and "rejected [letter_case]" in err


def test_the_publisher(tmp_path: Path) -> None:
    """Its own name is not marked; an unknown key is refused."""
    assert run(tmp_path, "Northern Knot", publisher="northern-knot")[0] == "Northern Knot\n"
    assert "no entry has the key 'nobody'" in run(tmp_path, "x", publisher="nobody")[1]


def test_broken_lines_are_named_and_the_rest_is_processed(tmp_path: Path) -> None:
    """Each with its number; the exit status is 1."""
    lines = [
        b'{"id": 1, "text": "ISIS"}',
        b'{"id": 2, "text": ',
        b"[1]",
        b'{"text": 3}',
        b'{"text": "x", "language": "xx"}',
        b'{"text": "x", "format": "pdf"}',
        b'{"text": "\xff"}',
        b"[" * 100_000,
        b'{"id": 9, "text": "IS"}',
    ]
    out, err = run(tmp_path, b"\n".join(lines), format="jsonl")
    assert [json.loads(line)["id"] for line in out.splitlines()] == [1, 9]
    for number in range(2, 9):
        assert f"line {number}: " in err
    assert "7 lines could not be processed" in err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"language": "xx"}, "unknown language 'xx'"),
        ({"format": "pdf"}, "unknown format 'pdf'"),
        ({"as_of": "soon"}, "'soon' is no date"),
        ({"registers": "/nowhere/registers.json"}, "No such file"),
    ],
)
def test_wrong_arguments_are_refused(tmp_path: Path, options: dict[str, str], message: str) -> None:
    """One clear sentence, exit status 1."""
    assert message in run(tmp_path, "x", **options)[1]


def test_a_wrong_register_file_is_named_with_line_and_field(tmp_path: Path) -> None:
    """Bad JSON: the line; a bad value: its place."""
    file = tmp_path / "registers.json"
    file.write_text('{"registers": [],\n "organizations": [}')
    assert "line 2: no JSON" in run(tmp_path, "x", registers=str(file))[1]
    file.write_text('{"registers": [], "organizations": [{"key": "a", "names": [{"text": "A", "strength": "b"}]}]}')
    assert "organizations[0].names[0].strength: 'b' is not one of" in run(tmp_path, "x", registers=str(file))[1]


def test_lone_surrogates(tmp_path: Path) -> None:
    """Escaped in JSON, replaced in text and HTML."""
    out, _ = run(tmp_path, '{"text": "\\ud800 ISIS"}', format="jsonl")
    assert "\\ud800" in out and json.loads(out)["marked_text"] == "\ud800 ISIS*"
    assert run(tmp_path, "\ud800 ISIS")[0].endswith(" ISIS*\n\n*The organization is listed as terrorist.\n")


def test_lines_are_read_one_by_one() -> None:
    """Nothing is kept: the first answer comes before the second line is read, whatever the number of lines."""
    read = 0

    def lines() -> Iterator[bytes]:
        nonlocal read
        while True:
            read += 1
            yield b'{"text": "ISIS"}'

    answers = annotate_lines(Job(compiled(), "en", None, date(2025, 1, 1), False), lines())
    for number in range(1, 200):
        assert next(answers)[0] == number == read


def test_a_line_may_name_its_field(tmp_path: Path) -> None:
    """A listed author in a byline is neither marked nor asked about; a field that nobody knows is named."""
    named = {"text": "Борис Тюльганов", "language": "ru"}
    lines = [named | {"field": "byline"}, named | {"field": "caption"}, named | {"field": "footer"}]
    out, err = run(tmp_path, "\n".join(json.dumps(line) for line in lines), format="jsonl")
    byline, caption = map(json.loads, out.splitlines())
    assert (byline["marked_text"], byline["unclear"]) == ("Борис Тюльганов", [])
    assert caption["marked_text"] == "Борис Тюльганов*"
    assert "line 3: unknown field 'footer'" in err


def test_a_couple_has_one_mark_and_two_mentions(tmp_path: Path) -> None:
    """Both are counted, one sign is printed."""
    out, _ = run(tmp_path, json.dumps({"text": "Степан и Раиса Пузанковы", "language": "ru"}), format="jsonl")
    line = json.loads(out)
    assert line["marked_text"] == "Степан и Раиса Пузанковы*"
    assert [one["organization"] for one in line["mentions"]] == ["puzankov", "puzankova"]
