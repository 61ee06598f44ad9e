"""Names to confirm: three forms of each, how often it stands in the archive, the most frequent first."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from articles import publishing
from articles.interchange import keeper
from articles.interchange.keeper.names import matches_nothing
from articles.lists.layouts import named
from articles.models import ListFile, Register
from articles.registers import load_register_data, refresh_version
from tests.builders import NOW, make_article, make_newsroom, make_user
from tests.keeper.conftest import register_of
from tests.lists.made import agent, agents

BODY = "Юридические лица"
ROWS = (
    agent(1, "Издание «Осенний причал»", "05.02.2021", type=BODY),
    agent(2, "Фонд «Камышовая заводь» (Reedwater Fund)", "05.02.2021", type=BODY),
    agent(3, "Топчилина Рада Фроловна «Ивушка»", "02.04.2022"),
    agent(4, "АЯ", "02.04.2022", type=BODY),
)
TEXTS = (
    "<p>О фонде «Камышовая заводь» и Раде Топчилиной говорили долго.</p>",
    "<p>Фонд «Камышовая заводь» закрыт. Топчилину Раду Фроловну не спросили.</p>",
    "<p>Из «Камышовой заводи» ушли все.</p>",
)


@pytest.fixture
def file(db: None) -> ListFile:
    """Publish three articles, then take a file of four lines."""
    make_newsroom()
    load_register_data({"registers": [register_of(named("ru-foreign-agents"))], "organizations": []})
    refresh_version(NOW)
    chief = make_user("Managing editor")
    for number, body in enumerate(TEXTS):
        article = make_article(f"reeds-{number}", language="ru", headline="Заводь", summary="О ней.", body=body)
        article.state = "approved"
        article.save()
        publishing.publish(article, by=chief, at=NOW - timedelta(hours=number + 1))
    register = Register.objects.get(key="ru-foreign-agents")
    return keeper.take(agents(*ROWS), "export.xlsx", register, by=make_user("Legal"), at=NOW)


def test_forms_are_counted_and_the_most_frequent_come_first(file: ListFile) -> None:
    assert keeper.count_some(file, seconds=60) == 0
    rows = list(keeper.names_to_confirm(file))
    assert [(row.name.split(" (")[0], row.frequency) for row in rows] == [
        ("Фонд «Камышовая заводь»", 3),
        ("Топчилина Рада Фроловна «Ивушка»", 2),
        ("Издание «Осенний причал»", 0),
        ("АЯ", 0),
    ]
    found = {name["text"]: (name["forms"], name["found"]) for row in rows for name in row.names}
    assert found["Камышовая заводь"] == (["Камышовая заводь", "Камышовой заводи", "Камышовую заводь"], 3)
    assert found["Топчилина Рада Фроловна"] == (
        ["Топчилина Рада Фроловна", "Топчилиной Рады Фроловны", "Топчилиной Раде Фроловне"],
        2,
    )
    assert found["Reedwater Fund"][1] == 0


def test_counting_can_be_gone_on_with(file: ListFile) -> None:
    assert keeper.count_some(file, seconds=0) == 4
    rows = list(keeper.names_to_confirm(file)[:2])
    keeper.count_names(rows, ends=0)
    assert keeper.names_to_confirm(file).filter(frequency=None).count() == 3
    assert keeper.count_some(file, seconds=60) == 0


def test_counting_changes_no_plan_and_overwrites_no_answer(file: ListFile, legal: User) -> None:
    rows = list(keeper.names_to_confirm(file)[:1])
    seen = keeper.plan_of_file(file, at=NOW).seen
    refused = {"text": "Осенний причал", "language": "ru", "take": False}
    keeper.confirm_names(rows[0], [refused], by=legal, at=NOW)
    assert keeper.plan_of_file(file, at=NOW).seen != seen
    seen = keeper.plan_of_file(file, at=NOW).seen
    keeper.count_names(rows)
    assert keeper.plan_of_file(file, at=NOW).seen == seen
    (name,) = (one for one in file.rows.get(pk=rows[0].pk).names if one["text"] == "Осенний причал")
    assert (name["take"], name["found"], len(name["forms"])) == (False, 0, 3)


def test_line_without_names_is_said_to_match_no_text(file: ListFile, legal: User) -> None:
    row = file.rows.get(name="АЯ")
    keeper.confirm_names(row, [{"text": "АЯ", "language": "ru", "take": False}], by=legal, at=NOW)
    row.refresh_from_db()
    assert matches_nothing(row)
    keeper.accept_all(file, by=legal, at=NOW)
    plans = keeper.plan_of_file(file, at=NOW)
    assert "“АЯ” matches no text" in " ".join(plans.plan.suspicious)
    assert len(plans.plan.added) == 3
    keeper.store_file(file, plans.seen, by=legal, at=NOW)
    again = keeper.take(agents(*ROWS), "export.xlsx", file.register, by=legal, at=NOW)
    assert {key: count for key, count in again.counts.items() if count} == {"unchanged": 4}
