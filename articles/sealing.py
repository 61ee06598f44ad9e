"""Encryption with age: a server writes what it cannot read, such as backups and cameras' own files."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyrage
from django.utils.translation import gettext as _

ENDING = ".age"
Recipients = Sequence[Any]


class SealError(Exception):
    """What is sealed cannot be opened; the message, in the reader's language, says why."""


class KeyRefused(SealError):
    """A key is none, cannot be read, or cannot be made."""


def read_recipients(keys: Sequence[str]) -> Recipients:
    """Return the recipients of age keys (age1…) or SSH public keys. Raises KeyRefused for what is none."""
    return [read_recipient(key) for key in keys]


def read_recipient(key: str) -> Any:
    kind = pyrage.ssh if key.startswith("ssh-") else pyrage.x25519
    try:
        return kind.Recipient.from_str(key)
    except pyrage.RecipientError as error:
        raise KeyRefused(_("“%(key)s” is no public key of age.") % {"key": key}) from error


def read_identities(file: Path) -> list[Any]:
    """Return the secret keys of a file as age-keygen writes it, or of an SSH key. Raises KeyRefused."""
    try:
        text = file.read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise KeyRefused(_("The file with the secret key cannot be read: %(error)s") % {"error": error}) from error
    try:
        if "PRIVATE KEY" in text:
            return [pyrage.ssh.Identity.from_buffer(text.encode())]
        lines = [line.strip() for line in text.splitlines()]
        return [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except pyrage.IdentityError as error:
        raise KeyRefused(_("%(file)s holds no secret key of age.") % {"file": file}) from error


def new_identity(file: Path) -> str:
    """Make a secret key, write it into a new file that only its owner reads, and return the public key."""
    identity = pyrage.x25519.Identity.generate()
    public = str(identity.to_public())
    try:
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(f"# public key: {public}\n{identity}\n")
    except OSError as error:
        raise KeyRefused(_("The file with the secret key cannot be made: %(error)s") % {"error": error}) from error
    return public


def unseal(source: Path, target: Path, identities: Sequence[Any]) -> None:
    """Decrypt a file into another. Raises SealError when no key opens it, or it was changed."""
    try:
        pyrage.decrypt_file(str(source), str(target), list(identities))
    except pyrage.DecryptError as error:
        raise SealError(_("%(file)s cannot be decrypted: %(error)s") % {"file": source.name, "error": error}) from error


def seal(source: Path, target: Path, recipients: Recipients) -> None:
    """Encrypt a file into another."""
    pyrage.encrypt_file(str(source), str(target), list(recipients))


def unsealed(data: bytes, identities: Sequence[Any]) -> bytes:
    """Return bytes decrypted. Raises SealError when no key opens them, or they were changed."""
    try:
        return bytes(pyrage.decrypt(data, list(identities)))
    except pyrage.DecryptError as error:
        raise SealError(_("The file cannot be decrypted: %(error)s") % {"error": error}) from error


def sealed(data: bytes, recipients: Recipients) -> bytes:
    """Return bytes encrypted."""
    return bytes(pyrage.encrypt(data, list(recipients)))
