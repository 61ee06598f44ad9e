"""Persons at the registers desk: added, changed, refused; tried; never beside words; what lacks a wording."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Event, Name, Organization, Register, RegisterVersion
from articles.publishing import publish, queue, withdraw
from articles.registers import export_registers, load_register_data, refresh_version
from tests.admin.forms import errors, filled
from tests.builders import make_article, make_user
from tests.persons import PARTS, person, registers_with_persons

ADD = reverse("admin:articles_organization_add")
IMPACT = reverse("admin:articles_pending_impact")


@pytest.fixture
def legal(client_as: Callable[[str], Client]) -> Client:
    client = client_as("Legal")
    load_register_data(registers_with_persons())
    refresh_version(timezone.now())
    return client


def text(response: Any) -> str:
    return response.content.decode()


def add(client: Client, *, since: str = "2026-02-03", **values: Any) -> Any:
    """Send the form of a new person on the register of agents."""
    period = {
        "designations-TOTAL_FORMS": "1",
        "designations-0-register": Register.objects.get(key="test-agents").pk,
        "designations-0-designated_from": since,
    }
    data = filled(client.get(ADD)) | {"key": "ryabokonev", "kind": "person", **PARTS} | period | values
    return client.post(ADD, data, follow=True)


def stored(key: str = "ryabokonev") -> dict[str, Any]:
    return next(one for one in export_registers()["organizations"] if one["key"] == key)


def test_a_person_is_added_with_the_full_name(legal: Client, transactional_db: None) -> None:
    page = text(add(legal))
    assert "1 change waits" in page
    out = stored()
    assert (out["kind"], out["person"]) == ("person", PARTS)
    assert [(one["text"], one["review"]) for one in out["names"]] == [("Рябоконев Тихон Саввич", "hand")]


def test_pseudonyms_and_the_family_name_alone_are_set(legal: Client) -> None:
    add(legal)
    entry = Organization.objects.get(key="ryabokonev")
    address = reverse("admin:articles_organization_change", args=[entry.pk])
    data = filled(legal.get(address)) | {
        "surname": "ask",
        "names-TOTAL_FORMS": "2",
        "names-1-text": "Старый Лоцман",
        "names-1-language": "ru",
        "names-1-kind": "pseudonym",
        "names-1-review": "rule",
        "names-1-position": "1",
        "names-1-organization": entry.pk,
    }
    legal.post(address, data)
    out = stored()
    assert out["surname"] == "ask"
    assert [one.get("kind") for one in out["names"]] == [None, "pseudonym"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"family": ""}, "family"),
        ({"given": "Тихон Саввич", "patronymic": ""}, "given"),
        ({"family": "Саввична"}, "family"),
        ({"gender": ""}, "gender"),
        ({"gender": "f"}, "gender"),
        ({"family": "Рябоконев 12.03.1970"}, "family"),
        ({"kind": "organization"}, "family"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(legal: Client, values: dict[str, str], field: str) -> None:
    assert field in errors(add(legal, **values))
    assert not Organization.objects.filter(key="ryabokonev").exists()


def test_a_pseudonym_of_one_letter_and_of_a_body_is_refused(legal: Client) -> None:
    name = {"names-TOTAL_FORMS": "1", "names-0-language": "ru", "names-0-kind": "pseudonym", "names-0-review": "rule"}
    name["names-0-position"] = "0"
    for values in ({"names-0-text": "Т"}, {"names-0-text": "Ветер", "kind": "organization"} | dict.fromkeys(PARTS, "")):
        page = add(legal, **name, **values)
        assert any("text" in one for one in page.context["inline_admin_formsets"][0].formset.errors)


def test_a_second_entry_of_one_person_is_refused(legal: Client) -> None:
    add(legal)
    page = add(legal, key="ryabokonev-2", since="")
    assert "has an entry already: “ryabokonev”" in text(page)
    add(legal, key="ryabokonev-2", since="2026-02-04")
    assert Organization.objects.filter(key="ryabokonev-2").exists(), "listed since another day: a namesake"


def test_the_list_filters_persons(legal: Client) -> None:
    add(legal)
    page = legal.get(reverse("admin:articles_organization_changelist"), {"kind__exact": "person"})
    assert [row.key for row in page.context["cl"].result_list] == ["ryabokonev"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Рябоконев", "ryabokonev"),
        ("Тихон Рябоконев", "ryabokonev"),
        ("Саввич", "ryabokonev"),
        ("Старый Лоцман", "ryabokonev"),
        ("ryabok", "ryabokonev"),
        ("Сергей", ""),
        ("Dune League", "grey-wolves-league"),
    ],
)
def test_the_list_finds_persons_like_organizations(legal: Client, asked: str, found: str) -> None:
    """By key and names; also one of whom the keeper prints nothing but a pseudonym."""
    load_register_data(registers_with_persons(person(pseudonyms=("Старый Лоцман",))))
    Name.objects.filter(text="Рябоконев Тихон Саввич").delete()
    page = legal.get(reverse("admin:articles_organization_changelist"), {"q": asked})
    assert [row.key for row in page.context["cl"].result_list] == ([found] if found else [])


@pytest.fixture
def listed(legal: Client) -> Organization:
    """Put a person in force, and publish an article about him and one about a namesake."""
    load_register_data(registers_with_persons(person()))
    refresh_version(timezone.now())
    by, at = make_user("Editor"), timezone.now()
    for slug, body in (
        ("dunes", "Тихон Рябоконев выступил в суде."),
        ("clinic", "Тихон Рябоконев, хирург, приехал в клинику."),
    ):
        publish(
            make_article(slug, language="ru", headline="Тихий день", summary="", body=f"<p>{body}</p>"), by=by, at=at
        )
    return Organization.objects.get(key="ryabokonev")


def never(client: Client, entry: Organization, words: str, *, keep: bool = False) -> Any:
    address = reverse("admin:articles_organization_never", args=[entry.pk])
    return client.post(address, {"words": words}, follow=True) if keep else client.get(address, {"words": words})


def test_words_are_tried_before_they_are_kept(legal: Client, listed: Organization) -> None:
    """What would no longer be marked is shown; nothing is stored by looking."""
    page = never(legal, listed, "хирург")
    trial = page.context["trial"]
    assert [hit.headline for hit in trial.gone] == ["Тихий день"]
    assert "хирург" in page.context["gone"][0]["context"]
    assert len(trial.articles) == 1
    assert Organization.objects.get(pk=listed.pk).not_beside == []
    assert RegisterVersion.objects.filter(applied_at=None).count() == 0


def test_kept_words_wait_like_every_change(legal: Client, listed: Organization, transactional_db: None) -> None:
    page = never(legal, listed, "хирург\n  яхт-клуб \nхирург", keep=True)
    assert "1 change waits" in text(page)
    assert Organization.objects.get(pk=listed.pk).not_beside == ["хирург", "яхт-клуб"]
    assert Event.objects.get(kind="never beside").detail["after"] == ["хирург", "яхт-клуб"]
    impact = legal.get(IMPACT).context["impact"]
    assert sorted(sample.removed for sample in impact.samples) == [[], ["Тихон Рябоконев"]]


@pytest.mark.parametrize("words", ["ъ", "…", "х" * 101])
def test_what_is_no_word_is_refused(legal: Client, listed: Organization, words: str) -> None:
    assert never(legal, listed, words, keep=True).context["form"].errors
    assert Organization.objects.get(pk=listed.pk).not_beside == []


def test_words_are_for_persons_and_those_who_may_change_them(
    legal: Client, listed: Organization, client_as: Callable[[str], Client]
) -> None:
    assert never(legal, Organization.objects.get(key="northern-lamp"), "врач").status_code == 404
    assert never(client_as("Reporter"), listed, "врач").status_code == 403


def test_a_name_of_a_person_is_tried(legal: Client, listed: Organization) -> None:
    """With the parts of the entry, so that it is found as a person's."""
    query = {"text": "Старый Лоцман", "language": "ru", "strength": "", "organization": listed.key}
    assert legal.get(reverse("admin:articles_organization_try"), query).context["trial"].looked_at == 2


def test_a_register_without_a_wording_for_persons_asks_for_it(legal: Client) -> None:
    """The list of terrorist organizations has none; what it prints would not be true of a person."""
    load_register_data({**registers_with_persons(), "organizations": [person("savva", PARTS, "test-terrorist")]})
    page = legal.get(IMPACT)
    assert [(one["register"].key, str(one["language"])) for one in page.context["wordless"]] == [
        ("test-terrorist", "English"),
        ("test-terrorist", "Russian"),
    ]
    assert "Note, one person" in text(page)
    assert reverse("admin:articles_pending_apply") not in text(page)
    data = {"version": page.context["candidate"].pk, "previous": page.context["standing"].pk, "reason": "Order 7."}
    answer = legal.post(reverse("admin:articles_pending_apply"), data, follow=True)
    assert "lack wordings" in text(answer)
    assert RegisterVersion.objects.filter(applied_at=None).exists()


def test_the_wording_for_persons_is_given_at_the_register(legal: Client) -> None:
    register = Register.objects.get(key="test-terrorist")
    address = reverse("admin:articles_register_change", args=[register.pk])
    legal.post(address, filled(legal.get(address)) | {"ru_person_one": "f: Внесена.\nm: Внесён.\nn: Внесено."})
    notes = Register.objects.get(pk=register.pk).notes
    assert notes["ru"]["person_one"]["text"] == {"f": "Внесена.", "m": "Внесён.", "n": "Внесено."}
    assert "person_many" not in notes["ru"]


def test_a_name_judged_by_a_person_says_so(legal: Client) -> None:
    """Also when only its kind was set."""
    add(legal)
    Name.objects.update(review="rule")
    entry = Organization.objects.get(key="ryabokonev")
    address = reverse("admin:articles_organization_change", args=[entry.pk])
    legal.post(address, filled(legal.get(address)) | {"names-0-kind": "official"})
    assert Name.objects.get(organization=entry).review == "hand"


@pytest.mark.parametrize("kind", ["author", "topic"])
def test_a_listed_person_may_write_and_be_a_topic(
    client_as: Callable[[str], Client], listed: Organization, kind: str
) -> None:
    client = client_as("Editor")
    address = reverse(f"admin:articles_{kind}_add")
    data = filled(client.get(address)) | {
        "name_en": "Tikhon Ryabokonev",
        "name_ru": "Тихон Рябоконев",
        "slug": "tikhon",
    }
    assert client.post(address, data).status_code == 302


def test_articles_are_found_by_whom_they_mention(legal: Client, listed: Organization) -> None:
    """From the entry's page; not the namesake's article once it is answered, nor one that nobody sees any more."""
    page = text(legal.get(reverse("admin:articles_organization_change", args=[listed.pk])))
    address = reverse("admin:articles_article_changelist") + "?mentions=ryabokonev"
    assert f'<a href="{address}" class="underline">2</a>' in page
    answer = legal.get(address)
    assert {row.slug for row in answer.context["cl"].result_list} == {"dunes", "clinic"}
    assert "Рябоконев Тихон Саввич" in text(answer)
    withdraw(Article.objects.get(slug="clinic"), by=make_user("Managing editor"), at=timezone.now(), note="Order 3.")
    assert [row.slug for row in legal.get(address).context["cl"].result_list] == ["dunes"]
    nobody = legal.get(reverse("admin:articles_article_changelist"), {"mentions": "grey-wolves-league"})
    assert not nobody.context["cl"].result_list
    assert legal.get(reverse("admin:articles_article_changelist"), {"mentions": "nobody"}).status_code == 200


PRIVATE = "Order 12; born 12.03.1970"


def test_no_text_of_the_desk_keeps_a_birth_date(legal: Client, listed: Organization) -> None:
    """Source, what else holds for a name, words beside, the reason of an act and of an answer, why a file is stored."""
    address = reverse("admin:articles_organization_change", args=[listed.pk])
    page = legal.post(address, filled(legal.get(address)) | {"designations-0-source": PRIVATE})
    assert any("source" in one for one in page.context["inline_admin_formsets"][1].formset.errors)
    page = legal.post(address, filled(legal.get(address)) | {"names-0-more": f"examples: {PRIVATE}"})
    assert any("more" in one for one in page.context["inline_admin_formsets"][0].formset.errors)
    page = legal.post(address, filled(legal.get(address)) | {"key": "agents-771234567890"})
    assert "key" in errors(page)
    assert never(legal, listed, "12.03.1970", keep=True).context["form"].errors
    for name in ("articles_pending_apply", "articles_pending_discard"):
        page = legal.post(reverse(f"admin:{name}"), {"reason": PRIVATE})
        assert "reason" in page.context["form"].errors
    assert "1970" not in str([*Event.objects.values_list("detail", flat=True), export_registers()])


def test_an_answer_does_not_keep_a_birth_date(legal: Client, listed: Organization) -> None:
    """The reason of a namesake is told in other words."""
    body = "<p>Тихон Рябоконев спорил с Петром Рябоконевым. Рябоконев победил.</p>"
    article = make_article("two", language="ru", headline="Тихий день", summary="", body=body)
    queue.refresh(article, timezone.now())
    question = article.unclear_mentions.get()
    address = reverse("admin:articles_unclearmention_answer", args=[question.pk])
    page = legal.post(address, {"answer": "not", "reason": "он родился 12.03.1970"}, follow=True)
    assert "which is not kept here" in text(page)
    assert article.unclear_mentions.exists() and not article.decisions.exists()


def test_a_person_of_as_many_names_as_a_file_may_bring_is_opened_and_saved(legal: Client, listed: Organization) -> None:
    """Three hundred spellings: the form has more fields than others."""
    Name.objects.bulk_create(
        Name(organization=listed, text=f"Рябоконёв Тихон-{'аб' * (n + 1)}", language="ru", position=n)
        for n in range(299)
    )
    address = reverse("admin:articles_organization_change", args=[listed.pk])
    page = legal.post(address, filled(legal.get(address)) | {"surname": "ask"})
    assert page.status_code == 302
    assert Organization.objects.get(pk=listed.pk).surname == "ask"


def test_a_pseudonym_is_tried_as_one(legal: Client, listed: Organization) -> None:
    """Typed in, and by the link of one that the entry has; a word of the dictionary marks nothing, a name would."""
    body = "<p>Снегирь сел на ветку. Тихон Рябоконев («Снегирь») молчал.</p>"
    article = make_article("bird", language="ru", headline="Тихий день", summary="", body=body)
    publish(article, by=make_user("Editor"), at=timezone.now())
    address = reverse("admin:articles_organization_try")
    query = {"text": "Снегирь", "language": "ru", "organization": listed.key, "kind": "pseudonym"}
    typed = legal.get(address, query).context["trial"]
    Name.objects.create(organization=listed, text="Снегирь", language="ru", data={"kind": "pseudonym"})
    page = legal.get(address, {"organization": listed.key})
    link = next(one["address"] for one in page.context["names"] if one["text"] == "Снегирь")
    assert "kind=pseudonym" in link
    stored = legal.get(address + link).context["trial"]
    assert {hit.found.surface for hit in typed.marked} == {hit.found.surface for hit in stored.marked}
    assert [hit.found.rule for hit in typed.marked] == [hit.found.rule for hit in stored.marked] != []
    assert "pseudonym of a person" in text(page)


def test_a_name_that_an_entry_has_is_tried_with_what_else_holds_for_it(legal: Client, listed: Organization) -> None:
    """Its cues and other meanings, too: else it would not be tried as it is."""
    lamp = Organization.objects.get(key="northern-lamp")
    Name.objects.create(organization=lamp, text="Тихон", language="ru", data={"other_meanings": ["Рябоконев"]})
    address, query = (
        reverse("admin:articles_organization_try"),
        {"text": "Тихон", "language": "ru", "strength": "strong"},
    )
    assert legal.get(address, query).context["trial"].marked
    assert not legal.get(address, query | {"organization": lamp.key}).context["trial"].marked


def test_who_may_only_read_an_entry_sees_no_way_to_change_it(
    client_as: Callable[[str], Client], listed: Organization
) -> None:
    """The words beside are shown, the page where they are tried and kept is not offered; nor is it open."""
    Organization.objects.update(not_beside=["хирург"])
    never_address = reverse("admin:articles_organization_never", args=[listed.pk])
    for role in ("Reporter", "Editor", "Administrator"):
        client = client_as(role)
        page = text(client.get(reverse("admin:articles_organization_change", args=[listed.pk])))
        assert "хирург" in page
        assert never_address not in page and "never-one" not in page
        assert client.post(never_address, {"words": "врач"}).status_code == 403
    for role in ("Legal", "Managing editor"):
        page = text(client_as(role).get(reverse("admin:articles_organization_change", args=[listed.pk])))
        assert never_address in page and "never-one" in page and "try-one" in page


def test_the_full_name_as_it_was_stays_and_the_desk_is_told(legal: Client) -> None:
    """A former name is marked on; one that was misspelt is corrected by hand."""
    add(legal)
    entry = Organization.objects.get(key="ryabokonev")
    address = reverse("admin:articles_organization_change", args=[entry.pk])
    page = legal.post(address, filled(legal.get(address)) | {"family": "Рябоконевский"}, follow=True)
    assert "“Рябоконев Тихон Саввич” stands among the names as before" in text(page)
    page = legal.post(address, filled(legal.get(address)) | {"surname": "ask"}, follow=True)
    assert "as before" not in text(page)
