"""Environment variables: what is taken, and what the message says when it is not."""

from pathlib import Path

import pytest

from newsroom.env import Environment, WrongValue, read_file


def env(**values: str) -> Environment:
    return Environment(values)


@pytest.mark.parametrize("value", ["1", "true", "YES", " on "])
def test_a_flag_is_on(value: str) -> None:
    assert env(DEMO=value).flag("DEMO", default=False) is True


@pytest.mark.parametrize("value", ["0", "False", "no", "OFF"])
def test_a_flag_is_off(value: str) -> None:
    assert env(DEMO=value).flag("DEMO", default=True) is False


def test_a_variable_set_to_nothing_counts_as_not_set() -> None:
    assert env(DEMO=" ").flag("DEMO", default=True) is True
    assert env(PORT="").whole("PORT", default=8000) == 8000
    assert env(HOSTS=" , ").words("HOSTS", default=["a"]) == ["a"]


def test_a_flag_of_another_kind_is_refused_by_name() -> None:
    with pytest.raises(WrongValue, match=r"DEMO is 'maybe'; expected 1 \(yes\) or 0 \(no\)\."):
        env(DEMO="maybe").flag("DEMO", default=False)


@pytest.mark.parametrize("value", ["eight", "80.5", "-1", "0", "65536", "٣", "1e3"])
def test_a_number_outside_its_bounds_is_refused_by_name(value: str) -> None:
    with pytest.raises(WrongValue, match=r"^PORT is '.*'; expected a whole number from 1 to 65535\.$"):
        env(PORT=value).whole("PORT", default=8000, least=1, most=65535)


def test_words_are_split_at_commas_and_stripped() -> None:
    assert env(HOSTS=" a.example, b.example ,").words("HOSTS", default=[]) == ["a.example", "b.example"]


def test_a_choice_is_taken_in_any_case() -> None:
    assert env(LOG_LEVEL="debug").choice("LOG_LEVEL", ("DEBUG", "INFO"), default="INFO") == "DEBUG"


def test_another_choice_is_refused_with_the_list() -> None:
    with pytest.raises(WrongValue, match="LOG_LEVEL is 'loud'; expected one of DEBUG, INFO"):
        env(LOG_LEVEL="loud").choice("LOG_LEVEL", ("DEBUG", "INFO"), default="INFO")


def test_a_required_text_that_is_missing_is_named() -> None:
    with pytest.raises(WrongValue, match="SITE_URL is not set; expected an address"):
        env().text("SITE_URL", expected="an address")


def test_a_null_character_is_refused() -> None:
    with pytest.raises(WrongValue, match="DATA_DIR holds a null character"):
        env(DATA_DIR="a\x00b").folder("DATA_DIR", default=Path("data"))


def test_a_folder_is_made_absolute() -> None:
    assert env(DATA_DIR="here").folder("DATA_DIR", default=Path("x")) == Path.cwd() / "here"


def test_a_file_in_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(WrongValue, match="DATA_DIR is .*, which is a file; expected a folder"):
        env(DATA_DIR=str(tmp_path / "data")).folder("DATA_DIR", default=tmp_path)


def test_the_names_asked_for_are_remembered() -> None:
    reader = env(PORT="1")
    reader.whole("PORT", default=2)
    reader.flag("DEMO", default=False)
    assert reader.asked == {"PORT", "DEMO"}


def test_a_file_of_variables_is_read(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("# a comment\n\nPORT = 8001\nSITE_URL=\"https://news.example\"\nSECRET_KEY='a=b#c'\n")
    assert read_file(file) == {"PORT": "8001", "SITE_URL": "https://news.example", "SECRET_KEY": "a=b#c"}
    assert read_file(tmp_path / "none") == {}


@pytest.mark.parametrize("line", ["PORT", "=8000", "PO RT=1", "export PORT=1"])
def test_a_line_that_sets_nothing_is_named_by_its_number(tmp_path: Path, line: str) -> None:
    file = tmp_path / ".env"
    file.write_text(f"DEMO=1\n{line}\n")
    with pytest.raises(WrongValue, match=r"\.env, line 2: expected NAME=value\."):
        read_file(file)
