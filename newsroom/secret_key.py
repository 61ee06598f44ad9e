"""The secret that signs sessions and tokens: given in production, made once and kept in the data folder elsewhere."""

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key

from newsroom.env import Environment, WrongValue

LEAST = 50  # characters, as Django's own deployment check asks


def read(env: Environment, data_dir: Path, *, production: bool) -> str:
    """Return SECRET_KEY; outside production a missing one is made and written to `data_dir`/secret_key.

    Raises WrongValue for a missing or short key in production.
    """
    expected = f"at least {LEAST} random characters"
    key = env.text("SECRET_KEY", default=None if production else "", expected=expected)
    if not key:
        return _kept(data_dir / "secret_key")
    if len(key) < LEAST or len(set(key)) < 5:
        raise WrongValue(f"SECRET_KEY is too weak ({len(key)} characters); expected {expected}.")
    return key


def _kept(file: Path) -> str:
    try:
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(get_random_secret_key())
    except FileExistsError:
        pass
    return file.read_text()
