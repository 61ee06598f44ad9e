"""What a restore says of the pages that it stores: those that fail are no success."""

from types import SimpleNamespace

import pytest
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.management import CommandError
from django.test import override_settings

from articles.management.commands import restore

MANIFEST = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}


def stored(monkeypatch: pytest.MonkeyPatch, **pages: int) -> None:
    run = SimpleNamespace(state="done", detail={"pages": pages})
    monkeypatch.setattr(restore, "bake_everything", lambda at, progress: run)
    restore.Command().store_pages(0)


def test_pages_that_could_not_be_stored_are_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    stored(monkeypatch, stored=3)
    with pytest.raises(CommandError, match="could not be stored"):
        stored(monkeypatch, stored=3, failed=1)


def test_what_pages_name_is_collected_where_they_name_it_by_its_hash() -> None:
    """As in production: on an empty machine nobody has collected it yet."""
    assert not isinstance(staticfiles_storage, ManifestFilesMixin)
    with override_settings(STORAGES=MANIFEST):
        assert restore.names_by_hash()
    assert not restore.names_by_hash()
