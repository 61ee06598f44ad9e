"""What is proposed of a line: the shapes in which keepers print names, each with all that must be found and no more."""

import pytest

from articles.lists.line import Raw
from articles.lists.understand import understand

BODIES = {
    "Lindqvist Foundation, LF (Фонд Линдквиста), Королевство Швеция": {
        "Lindqvist Foundation": "official", "Lindqvist": "short", "LF": "abbreviation",
        "Фонд Линдквиста": "translation",
    },
    "The River Bank Initiative (Инициатива «Берег реки» (ИБР), бывшее Old Bank Initiative), США": {
        "The River Bank Initiative": "official", "River Bank Initiative": "short",
        "Инициатива «Берег реки»": "translation",
        "Берег реки": "short", "ИБР": "abbreviation", "Old Bank Initiative": "former", "Old Bank": "former",
    },
    "Stiftung Nordwind gGmbH («Северный ветер»), Федеративная Республика Германия": {
        "Stiftung Nordwind gGmbH": "official", "Stiftung Nordwind": "short", "Nordwind": "short",
        "Северный ветер": "translation",
    },
    'Акционерное общество "Издательский дом "Тихая заводь" (АО "ИД "Тихая заводь")': {
        'Акционерное общество "Издательский дом "Тихая заводь"': "official", 'Издательский дом "Тихая заводь»': "short",
        "Тихая заводь": "short",
    },
    "Общество с ограниченной ответственностью «Медиа-Холм» (прежнее наименование – ООО «Холм-Инфо»)": {
        "Общество с ограниченной ответственностью «Медиа-Холм»": "official", "Медиа-Холм": "short",
        "Холм-Инфо": "former",
    },
    "«Движение за честные мосты» (Movement for Honest Bridges; ДЧМ; MHB), Литва": {
        "Движение за честные мосты": "official", "Movement for Honest Bridges": "translation", "ДЧМ": "abbreviation",
        "MHB": "abbreviation",
    },
    "Moor Tribune, Гренландия": {"Moor Tribune": "official"},
    "«Топь» («Трясина»), «Гать»": {"Топь": "official", "Трясина": "translation", "Гать": "translation"},
    "Общественная организация «Гать» (ООГ) города Солонецка": {
        "Общественная организация «Гать» города Солонецка": "official", "Гать": "short", "ООГ": "abbreviation",
    },
    "«Аль-Каскада» («Основа каскада») и её подразделения": {
        "Аль-Каскада": "official", "Основа каскада": "short",
    },
    "Организация «Правда воды», она же «Водная правда»": {
        "Организация «Правда воды»": "official", "Правда воды": "short", "Водная правда": "pseudonym",
    },
    "Религиозная организация Братство Седьмой Воды города Лугомирска": {
        "Религиозная организация Братство Седьмой Воды города Лугомирска": "official",
        "Братство Седьмой Воды города Лугомирска": "short", "Братство Седьмой Воды": "short",
    },
    "Радио Ветер/Радио Штиль (PB/PШ)": {
        "Радио Ветер/Радио Штиль": "official", "Радио Ветер": "short", "Радио Штиль": "short", "РВ": "abbreviation",
        "РШ": "abbreviation",
    },
    "Проект «Озёрный час 24/7»": {"Проект «Озёрный час 24/7»": "official", "Озёрный час 24/7": "short"},
    "Автономная некоммерческая организация «Центр «К Е Д Р»": {
        "Автономная некоммерческая организация «Центр «К Е Д Р»": "official", "Центр «К Е Д Р»": "short",
        "КЕДР": "abbreviation",
    },
    "Юридическое лицо Halden Press OÜ, зарегистрированное в Эстонской Республике (регистрационный номер 00123), "
    "являющееся администратором издания «Halden Today», https://halden.example": {
        "Halden Press OÜ": "official", "Halden Press": "short", "Halden Today": "short",
    },
    # Legal forms of several countries, in front and behind, also in a translation behind a comma.
    "Nordlicht Verlag GmbH & Co. KG («Северный свет», общество с ограниченной ответственностью), Австрия": {
        "Nordlicht Verlag GmbH & Co. KG": "official", "Nordlicht Verlag": "short", "Северный свет": "translation",
        "Nordlicht": "short",
    },
    "Open Ford Group, GAG (Группа открытого брода), США": {
        "Open Ford Group": "official", "GAG": "abbreviation", "Группа открытого брода": "translation",
    },
    "Hill View International, Ltd (Хилл Вью Интернэшнл, Лтд.), США": {
        "Hill View International, Ltd": "official", "Hill View International": "short",
        "Хилл Вью Интернэшнл, Лтд.": "translation", "Хилл Вью Интернэшнл": "short",
    },
    "Nadace Jasný Pramen («Фонд «Ясный родник»), Чехия": {
        "Nadace Jasný Pramen": "official", "Jasný Pramen": "short", "Фонд «Ясный родник»": "translation",
        "Ясный родник": "short",
    },
    "Громадська органiзацiя «Ясне джерело» (Общественная организация «Ясный родник»), Украина": {
        "Громадська органiзацiя «Ясне джерело»": "official", "Ясне джерело": "short",
        "Общественная организация «Ясный родник»": "translation", "Ясный родник": "short",
    },
    # What is said of a body is no name of it.
    "Congress of Moor Peoples, международная организация (Конгресс народов болот) – США": {
        "Congress of Moor Peoples": "official", "Конгресс народов болот": "translation",
    },
    "Moor Watch z. s. (зарегистрированное объединение «Мур Вотч»), Чехия": {
        "Moor Watch z. s.": "official", "Moor Watch": "short", "Moor": "short",
        "зарегистрированное объединение «Мур Вотч»": "translation", "Мур Вотч": "short",
    },
    "Газета «Верховой торф» (учредитель – Moor Media LLC; ликвидирована 01.02.2022; сайт torf.example)": {
        "Газета «Верховой торф»": "official", "Верховой торф": "short",
    },
    "Moor Media LLC (учредитель СМИ «Верховой торф»; сетевое издание)": {
        "Moor Media LLC": "official", "Moor Media": "short", "Верховой торф": "translation",
    },
    "Лига торфяниц (бывш. «Лига торфянщиц»; известна также как «Торф-Лига»)": {
        "Лига торфяниц": "official", "Лига торфянщиц": "former", "Торф-Лига": "pseudonym",
    },
    "Сообщество «Торф» (другие используемые наименования: «Торф-Сила», группа «ТС»), включая её отделения": {
        "Сообщество «Торф»": "official", "Торф": "short", "Торф-Сила": "pseudonym", "ТС": "pseudonym",
    },
    "‹Тихий торф› ('Silent Peat/Молчащий торф')": {
        "Тихий торф": "official", "Silent Peat": "translation", "Молчащий торф": "short",
    },
}  # fmt: skip

PERSONS = {
    'Стрижов Пётр Ильич "Костя Ветреный, Peter Swift"': {
        "Стрижов Пётр Ильич": "official", "Костя Ветреный": "pseudonym", "Peter Swift": "pseudonym",
    },
    "Лозина (Ивнева) Инна Фоминична «Лоза»": {
        "Лозина Инна Фоминична": "official", "Ивнева Инна Фоминична": "former", "Лоза": "pseudonym",
    },
    "Лозина Инна Фоминична (прежняя фамилия – Ивнева) «Лоза»": {
        "Лозина Инна Фоминична": "official", "Ивнева Инна Фоминична": "former", "Лоза": "pseudonym",
    },
    "Ильина (Сергуева) Анна Петровна": {"Ильина Анна Петровна": "official", "Сергуева Анна Петровна": "former"},
    "Полевая Ольга Игоревна (до 01.02.2020 – Лугова Ольга Игоревна)": {
        "Полевая Ольга Игоревна": "official", "Лугова Ольга Игоревна": "former",
    },
    "Смирных Алла Борисовна (фамилия до 2015 года – Крутых)": {
        "Смирных Алла Борисовна": "official", "Крутых Алла Борисовна": "former",
    },
    "Водников Иван Ильич (псевдонимы – «Иван Речной», «Vodnik»)": {
        "Водников Иван Ильич": "official", "Иван Речной": "pseudonym", "Vodnik": "pseudonym",
    },
    "ОЗЕРНОВ ИЛЬЯ ФОМИЧ (ОЗЁРНОВ; OZERNOV ILYA)": {
        "ОЗЕРНОВ ИЛЬЯ ФОМИЧ": "official", "ОЗЁРНОВ": "pseudonym", "OZERNOV ILYA": "translation",
    },
    "Озернов Илья Фомич, псевдоним 'Илья Торф'": {"Озернов Илья Фомич": "official", "Илья Торф": "pseudonym"},
    "Озернов Илья Фомич /Илья Торф/": {"Озернов Илья Фомич": "official", "Илья Торф": "pseudonym"},
    "Озернов Илья Фомич* «Илья «Торф» Озёрный» (гражданин Украины)": {
        "Озернов Илья Фомич": "official", "Илья «Торф» Озёрный": "pseudonym",
    },
    "ОЗЕРНОВ ИЛЬЯ ФОМИЧ (КЛИЧКА «ТОРФ»)": {"ОЗЕРНОВ ИЛЬЯ ФОМИЧ": "official", "ТОРФ": "pseudonym"},
    "Озернова (до замужества Торфова) Инна Фоминична (псевдоним Инна Мох)": {
        "Озернова Инна Фоминична": "official", "Торфова Инна Фоминична": "former", "Инна Мох": "pseudonym",
    },
    "Озернова Инна Фоминична (Торфова до 05.2019)": {
        "Озернова Инна Фоминична": "official", "Торфова Инна Фоминична": "former",
    },
    "Озернова Инна Фоминична (по первому браку Торфова; смена ФИО с Мохова Инна Фоминична)": {
        "Озернова Инна Фоминична": "official", "Торфова Инна Фоминична": "former", "Мохова Инна Фоминична": "former",
    },
}  # fmt: skip

STRENGTHS = {
    ("Движение «Полдник»", "Полдник"): "weak",
    ("Общественное движение «17»", "17"): "weak",
    ("«Тёмная заводь» (ТЗ)", "ТЗ"): "weak",
    ("Проект «Вежитания»", "Вежитания"): "strong",
    ("Network (Сеть)", "Network"): "weak",
    ("Проект «Тихий омут»", "Проект «Тихий омут»"): "strong",
}

PARTS = {
    "Мамедли Рашад Вагиф оглы": ("Мамедли", "Рашад", "Вагиф оглы", "m"),
    "АЛИ-ЗАДЕ СЕВДА РАМИЗ КЫЗЫ": ("Али-Заде", "Севда", "Рамиз кызы", "f"),
    "Рахметова Айгуль": ("Рахметова", "Айгуль", None, "f"),
    "Долгих Зинаида Фёдоровна": ("Долгих", "Зинаида", "Фёдоровна", "f"),
    "Асан уулу Нурлан Эркинович": ("Асан уулу", "Нурлан", "Эркинович", "m"),
    "ПЕТРОВ-ВОДНИКОВ ИЛЬЯ ФОМИЧ": ("Петров-Водников", "Илья", "Фомич", "m"),
}


def proposed(text: str, kind: str) -> dict[str, str]:
    return {one.text: one.kind for one in understand(Raw({"row": 1}, 1, text, kind=kind), b"key").names}


@pytest.mark.parametrize("text", BODIES)
def test_the_names_of_a_body(text: str) -> None:
    assert proposed(text, "organization") == BODIES[text]


@pytest.mark.parametrize("text", PERSONS)
def test_the_names_of_a_person(text: str) -> None:
    assert proposed(text, "person") == PERSONS[text]


@pytest.mark.parametrize(("text", "name"), STRENGTHS)
def test_an_ordinary_word_is_weak(text: str, name: str) -> None:
    line = understand(Raw({"row": 1}, 1, text, kind="organization"), b"key")
    assert {one.text: one.strength for one in line.names}[name] == STRENGTHS[text, name]


@pytest.mark.parametrize("text", PARTS)
def test_the_parts_of_a_name(text: str) -> None:
    person = understand(Raw({"row": 1}, 1, text, kind="person"), b"key").person
    assert person is not None
    assert (person["family"], person["given"], person["patronymic"], person["gender"]) == PARTS[text]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Сосновец Герман Аркадьевич", "person"),
        ("Тынчтык уулу Бакыт", "person"),
        ("Хакимов Олим", "person"),
        ("Лодочная (Весельная) Инна Саввична", "person"),
        ("Ли Сергей", "person"),
        ("Абу Самад", "person"),
        ('Сосновец Герман Аркадьевич "Сосна"', "person"),
        ("Союз аптекарей Заречья", "organization"),
        ("Святая Мария", "organization"),
        ("Женское царство вод", "organization"),
        ('Движение "Ночной дозор"', "organization"),
        ("Вольный Берег", "organization"),
    ],
)
def test_a_line_that_does_not_say_is_told_by_its_shape(text: str, kind: str) -> None:
    line = understand(Raw({"row": 1}, 1, text), b"key")
    assert line.kind == kind
    assert any("shape" in str(one) for one in line.questions) == (kind == "person")
