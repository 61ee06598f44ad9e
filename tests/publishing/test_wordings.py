"""A wording that speaks of a body is not printed about a person: the desk is asked for another first."""

import pytest

from articles.footnotes.registers import parse_registers
from articles.publishing.relabel import lacking
from tests.persons import PARTS, note, person


@pytest.mark.parametrize(
    ("text", "is_of_body"),
    [
        ("Организация признана экстремистской.", True),
        ("Общественное объединение внесено в реестр.", True),
        ("Движение признано экстремистским.", True),
        ("Юридическое лицо — иноагент.", True),
        ("Сообщество запрещено.", True),
        ("The organisation is banned.", True),
        ("A banned movement.", True),
        ("A company on the list.", True),
        ("Entities on the list.", True),
        ("Признан иноагентом.", False),
        ("Внесены в перечень террористов.", False),
        ("Designated a foreign agent.", False),
        ("Listed as a terrorist.", False),
    ],
)
def test_a_wording_of_bodies_is_lacking_for_persons(text: str, is_of_body: bool) -> None:
    """And is enough for bodies."""
    notes = {"ru": {form: note(text) for form in ("one", "many", "inline")}}
    register = {"key": "agents", "status": "foreign_agent", "notes": notes}
    body = {"key": "luch", "names": [{"text": "Союз «Луч»"}], "designations": [{"register": "agents"}]}
    for entries, forms in (
        ([body], ()),
        ([person("he", PARTS, "agents")], ("person_one", "person_many", "person_inline")),
    ):
        found = lacking(parse_registers({"registers": [register], "organizations": entries}), ("ru",))
        assert [one.forms for one in found] == ([forms] if forms and is_of_body else [])
