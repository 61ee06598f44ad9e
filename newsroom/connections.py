"""Reads the addresses of the services beside the newsroom: database and mail server, from one URL each."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from newsroom.env import WrongValue

SQLITE_OPTIONS = {
    # A reader never blocks a writer, and a writer takes its lock at BEGIN: no transaction fails half-way as "locked".
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,  # seconds to wait for another writer
    # FULL: what is answered is on the disk. With NORMAL the last seconds are lost with the power, or with a disk that
    # goes read-only. Of SQLite's 2 MB of memory for a database, a page's lists need more.
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-8000"
    ),
}
DATABASE_EXPECTED = "sqlite:///path/to/file or postgres://user:password@host:port/name"
EMAIL_EXPECTED = (
    "smtp://, smtps:// or smtp+tls:// with user:password@host:port, file:///folder, console:, "
    "or none: for no mail at all"
)


def database(name: str, url: str) -> dict[str, Any]:
    """Return Django's database settings for `url`, the value of the variable `name`.

    >>> database("DATABASE_URL", "postgres://desk:s%40fe@db:5433/news?sslmode=require")["PORT"]
    5433

    `sqlite:///relative.db` counts from the working directory, `sqlite:////absolute.db` from the root. For
    PostgreSQL `conn_max_age` (seconds) is Django's; other parameters go to the driver.
    """
    parts = _split(name, url, DATABASE_EXPECTED)
    if parts.scheme == "sqlite":
        file = unquote(parts.path)[1:]
        if parts.netloc or not file:
            raise WrongValue(f"{name} names no file; expected {DATABASE_EXPECTED}.")
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(Path(file).absolute()),
            "CONN_MAX_AGE": 60,  # to open it anew for each request costs more than a page does
            "OPTIONS": dict(SQLITE_OPTIONS),
        }
    if parts.scheme not in {"postgres", "postgresql"}:
        raise WrongValue(f"{name} begins with {parts.scheme!r}; expected {DATABASE_EXPECTED}.")
    if not parts.path.strip("/"):
        raise WrongValue(f"{name} names no database; expected {DATABASE_EXPECTED}.")
    options = dict(parse_qsl(parts.query))
    age = options.pop("conn_max_age", "60")
    if not age.isdigit():
        raise WrongValue(f"{name}: conn_max_age is {age!r}; expected a whole number of seconds.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": int(age),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def email(name: str, url: str) -> dict[str, Any]:
    """Return Django's EMAIL_… settings for `url`, the value of the variable `name`."""
    parts = _split(name, url, EMAIL_EXPECTED)
    if parts.scheme == "none":
        return {"EMAIL_BACKEND": "newsroom.mail.NoMail"}
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme == "file" and parts.path:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": unquote(parts.path),
        }
    ports = {"smtp": 25, "smtps": 465, "smtp+tls": 587}
    if parts.scheme not in ports or not parts.hostname:
        raise WrongValue(f"{name} cannot be used; expected {EMAIL_EXPECTED}.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or ports[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": 10,
    }


def webhook(name: str, url: str) -> str:
    """Return `url` if it is an http or https address that can be posted to, or the empty string for none."""
    expected = "https://host/path, or nothing"
    if not url:
        return ""
    parts = _split(name, url, expected)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise WrongValue(f"{name} is no address of a web server; expected {expected}.")
    return url


def site_url(name: str, url: str) -> str:
    """Return an http or https address without path and closing slash."""
    expected = "http://host or https://host, without a path"
    parts = _split(name, url, expected)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
        raise WrongValue(f"{name} is {url!r}; expected {expected}.")
    return f"{parts.scheme}://{parts.netloc}"


def redis_url(name: str, url: str) -> str:
    """Return `url` if it is an address of a Redis server, or the empty string for none."""
    expected = "redis://host:port/number, rediss://… or unix://…, or nothing"
    if not url:
        return ""
    parts = _split(name, url, expected)
    if parts.scheme not in {"redis", "rediss", "unix"} or not (parts.hostname or parts.path):
        raise WrongValue(f"{name} begins with {parts.scheme!r}; expected {expected}.")
    return url


def three_numbers(name: str, words: list[str]) -> tuple[int, int, int]:
    """Return three whole numbers of a list: days, weeks and months."""
    if len(words) != 3 or not all(word.isascii() and word.isdigit() for word in words):
        raise WrongValue(f"{name} is {','.join(words)!r}; expected three whole numbers, such as 7,4,12.")
    days, weeks, months = map(int, words)
    return days, weeks, months


def _split(name: str, url: str, expected: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port, parts.hostname
    except ValueError as error:
        raise WrongValue(f"{name} cannot be read ({error}); expected {expected}.") from error
    if not parts.scheme:
        raise WrongValue(f"{name} has no scheme; expected {expected}.")
    return parts
