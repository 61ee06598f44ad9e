"""Addresses of database, Redis, mail server and site: read into Django's settings, or refused by name."""

from pathlib import Path

import pytest

from newsroom.connections import database, email, redis_url, site_url
from newsroom.env import WrongValue


def test_sqlite_takes_its_lock_at_once_and_keeps_a_write_ahead_log() -> None:
    settings = database("DATABASE_URL", "sqlite:////var/lib/newsroom/a%20b.sqlite3")
    assert settings["NAME"] == "/var/lib/newsroom/a b.sqlite3"
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in settings["OPTIONS"]["init_command"]


def test_a_relative_sqlite_file_counts_from_the_working_directory() -> None:
    assert database("DATABASE_URL", "sqlite:///news.db")["NAME"] == str(Path.cwd() / "news.db")


def test_postgresql_with_everything() -> None:
    settings = database("DATABASE_URL", "postgres://desk:p%40ss%2F@db.example:5433/news?sslmode=require&conn_max_age=9")
    assert settings["ENGINE"] == "django.db.backends.postgresql"
    assert (settings["USER"], settings["PASSWORD"], settings["NAME"]) == ("desk", "p@ss/", "news")
    assert (settings["HOST"], settings["PORT"], settings["CONN_MAX_AGE"]) == ("db.example", 5433, 9)
    assert settings["OPTIONS"] == {"sslmode": "require"}


def test_postgresql_over_a_socket_folder() -> None:
    assert database("DATABASE_URL", "postgresql:///news?host=/run/postgresql")["HOST"] == "/run/postgresql"


@pytest.mark.parametrize(
    "url",
    ["news.db", "sqlite://", "sqlite:///", "mysql://a/b", "postgres://db", "postgres://db:port/x", "postgres://[/x"],
)
def test_another_database_address_is_refused_with_what_is_expected(url: str) -> None:
    with pytest.raises(WrongValue, match=r"^DATABASE_URL .*expected sqlite:///path/to/file or postgres://"):
        database("DATABASE_URL", url)


def test_a_connection_age_in_words_is_refused() -> None:
    with pytest.raises(WrongValue, match="conn_max_age is 'long'"):
        database("DATABASE_URL", "postgres://db/news?conn_max_age=long")


def test_mail_over_starttls() -> None:
    settings = email("EMAIL_URL", "smtp+tls://desk:p%40ss@mail.example")
    assert (settings["EMAIL_HOST"], settings["EMAIL_PORT"], settings["EMAIL_USE_TLS"]) == ("mail.example", 587, True)
    assert settings["EMAIL_HOST_PASSWORD"] == "p@ss"


def test_mail_into_files() -> None:
    assert email("EMAIL_URL", "file:///tmp/mail")["EMAIL_FILE_PATH"] == "/tmp/mail"


@pytest.mark.parametrize("url", ["mail.example", "smtp://", "imap://mail.example", "file:"])
def test_another_mail_address_is_refused(url: str) -> None:
    with pytest.raises(WrongValue, match="^EMAIL_URL .*expected smtp://"):
        email("EMAIL_URL", url)


@pytest.mark.parametrize("url", ["", "redis://127.0.0.1:6379/0", "rediss://cache.example", "unix:///run/redis.sock"])
def test_redis_addresses(url: str) -> None:
    assert redis_url("REDIS_URL", url) == url


@pytest.mark.parametrize("url", ["127.0.0.1:6379", "http://cache", "redis://"])
def test_another_redis_address_is_refused(url: str) -> None:
    with pytest.raises(WrongValue, match="^REDIS_URL .*expected redis://"):
        redis_url("REDIS_URL", url)


def test_a_site_address_loses_its_closing_slash() -> None:
    assert site_url("SITE_URL", "https://news.example/") == "https://news.example"


@pytest.mark.parametrize("url", ["news.example", "ftp://news.example", "https://", "https://news.example/en/"])
def test_another_site_address_is_refused(url: str) -> None:
    with pytest.raises(WrongValue, match="^SITE_URL .*expected http://host"):
        site_url("SITE_URL", url)
