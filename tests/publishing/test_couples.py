"""A couple on the registers: one mark, a mention of each; one of them leaves the list, and the other is asked about."""

import re

import pytest

from articles.editions import reading_form
from articles.models import Article, Mention, Organization, UnclearMention
from articles.publishing import answer_mention, live_release, publish
from articles.publishing.record import verify
from articles.publishing.relabel import apply_version, impact_of, reverse, work_batches
from articles.registers import compile_version, load_register_data, refresh_version
from tests.builders import NOW, make_article, make_newsroom, make_user
from tests.persons import note, person, registers_with_persons

HIS = {"family": "Колодников", "given": "Павел", "patronymic": None, "gender": "m"}
HERS = {"family": "Колодникова", "given": "Анна", "patronymic": None, "gender": "f"}
COUPLE = "Павел и Анна Колодниковы"


@pytest.fixture
def article(db: None) -> Article:
    """Publish an article about two of whom he is on both registers and she on one."""
    make_newsroom()
    data = registers_with_persons(person("he", HIS, "test-agents", "test-terrorist"), person("she", HERS))
    terrorist = next(one for one in data["registers"] if one["key"] == "test-terrorist")
    for language in ("en", "ru"):
        words = {"person_one": "Внесён.", "person_many": "Внесены.", "person_inline": "внесён"}
        terrorist["notes"][language] |= {form: note(text) for form, text in words.items()}
    load_register_data(data)
    refresh_version(NOW)
    fields = {"headline": f"{COUPLE} уехали", "summary": "", "body": f"<p>{COUPLE} молчали.</p>"}
    made = make_article(language="ru", **fields)
    publish(made, by=make_user("Editor"), at=NOW)
    return made


def form(article: Article) -> str:
    release = live_release(article, NOW)
    assert release is not None
    return re.sub("<[^>]*>", "", reading_form(release))


def work() -> None:
    while work_batches(lambda: NOW):
        pass


def test_each_of_a_couple_has_a_mention_and_both_one_mark(article: Article) -> None:
    """In the order of statuses; the note says each status of those who bear it."""
    assert form(article).count(f"{COUPLE}*") == 2
    assert "*Внесён. Признаны агентами." in form(article)
    rows = set(Mention.objects.values_list("organization__key", "registers"))
    assert rows == {("he", "test-terrorist+test-agents"), ("she", "test-terrorist+test-agents")}


def test_when_one_leaves_the_list_the_couple_is_asked_about(article: Article) -> None:
    """The impact tells of the question, the queue asks it, an answer marks the one who stays."""
    Organization.objects.get(key="she").designations.update(designated_until="2026-03-09")
    version = compile_version(NOW)
    impact = impact_of(version, NOW)
    assert (impact.changed, impact.unclear, impact.samples[0].unclear) == ({"ru": 1}, 2, [COUPLE, COUPLE])
    batch = apply_version(version, by=None, at=NOW)
    work()
    assert "*" not in form(article)
    for question in UnclearMention.objects.all():
        assert question.organization.key == "he"
        answer_mention(article, question.key, "mark", by=make_user("Legal"), at=NOW)
    assert form(article).count(f"{COUPLE}*") == 2
    assert "*Внесён. Признан агентом." in form(article)
    reverse(batch, by=make_user("Legal"), at=NOW, reason="No.")
    work()
    assert "*Внесён. Признаны агентами." in form(article)
    assert list(verify()) == []
