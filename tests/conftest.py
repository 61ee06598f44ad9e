"""What is collected here and now: nothing is skipped, what cannot run is not collected.

Browser tests need Chromium, those of deploy/nginx.conf nginx, those of valid HTML Java and a checker, those of
Lighthouse Chromium, node and its package, tests of services the addresses of their servers, the torture these addresses
and the servers' programs, `test_*_shared.py` the folder `../shared`. With TEST_ALL=1 a missing program or server ends
the run instead.
"""

import gc
import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from tests import migrated, workers
from tests.torture import servers
from tests.workers import pytest_xdist_make_scheduler  # noqa: F401  # a hook

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
# The headless shell is the same engine without a window: half the work of the whole browser.
CHROMIUM = next(
    filter(
        None,
        map(
            shutil.which,
            "chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable".split(),
        ),
    ),
    None,
)
# Debian has it where only root's path leads.
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
JAVA = shutil.which("java")
# Fetched by .ci/vnu, which `make test` begins with.
VNU = next((ROOT / ".vnu").glob("*/node_modules/vnu-jar/build/dist/vnu.jar"), None)
# Fetched by .ci/lighthouse.
LIGHTHOUSE = shutil.which("node") and next((ROOT / ".lighthouse").glob("*/node_modules/lighthouse/core/index.js"), None)
SERVERS = ("TEST_POSTGRES_URL", "TEST_REDIS_URL")

_missing = []
collect_ignore_glob: list[str] = []
if not SHARED.is_dir():
    collect_ignore_glob.append("*_shared.py")
if not CHROMIUM or not importlib.util.find_spec("playwright"):
    collect_ignore_glob.append("browser/*")
    _missing.append("Chromium and the package playwright (tests/browser)")
if not NGINX:
    collect_ignore_glob.append("nginx/*")
    _missing.append("nginx (tests/nginx)")
if not JAVA or not VNU:
    collect_ignore_glob.append("html/*")
    _missing.append("Java and the npm package vnu-jar (tests/html; .ci/vnu fetches the package)")
if not CHROMIUM or not LIGHTHOUSE or not importlib.util.find_spec("playwright"):
    collect_ignore_glob.append("lighthouse/*")
    _missing.append("node and the npm package lighthouse (tests/lighthouse; .ci/lighthouse fetches the package)")
if not all(os.environ.get(name) for name in SERVERS):
    collect_ignore_glob.append("services/*")
    _missing.append(f"{' and '.join(SERVERS)} (tests/services, tests/torture; .ci/with-servers sets both)")
if not all(os.environ.get(name) for name in SERVERS) or not servers.are_installed():
    collect_ignore_glob.append("torture/*")  # it starts servers of its own, to kill them
if not servers.are_installed():
    _missing.append("the programs of PostgreSQL and Redis (tests/torture)")


def pytest_configure(config: pytest.Config) -> None:
    """End the run when everything was asked for and something is missing."""
    if _missing and os.environ.get("TEST_ALL") == "1":
        raise pytest.UsageError("TEST_ALL=1, but there is no " + ", no ".join(_missing) + ".")


def pytest_report_header() -> list[str]:
    """Name what is left out."""
    return [f"not collected: {what}" for what in _missing]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark by folder, so that `-m browser`, `-m services` and `-m torture` choose them; the longest first."""
    for item in items:
        for name in ("browser", "lighthouse", "services", "torture"):
            if Path(__file__).parent / name in item.path.parents:
                item.add_marker(name)
    workers.put_longest_first(config, items)


def pytest_collection_finish() -> None:
    """Leave what thousands of tests are told apart by out of each look for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 50, 100)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, pytestconfig: pytest.Config
) -> Iterator[None]:
    """Make the test database of what `migrate` left last time; pytest-django asks for this before it makes it."""
    with migrated.remembered(pytestconfig):
        yield


@pytest.fixture(autouse=True)
def no_page_of_another_test() -> None:
    """Forget what the process has built: each test begins with the same ids and generations, at the same moments."""
    if stored := sys.modules.get("articles.reader.stored"):
        stored._built.clear()


@pytest.fixture(scope="session", autouse=True)
def flush_drops_the_triggers() -> None:
    """Let a transactional test's flush empty the publication record; `post_migrate` brings the triggers back."""
    from django.db import connection
    from django.test import TransactionTestCase

    from articles.models.triggers import drop_triggers

    flush = TransactionTestCase._fixture_teardown

    def drop_and_flush(self: TransactionTestCase) -> None:
        drop_triggers(connection)
        flush(self)

    TransactionTestCase._fixture_teardown = drop_and_flush  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def begin_in_english() -> Iterator[None]:
    """Leave to the next test no language of a request of this one."""
    yield
    translation.deactivate()
