"""How the tests are shared by several processes (`pytest -n 2`): each takes whole files, the longest first.

A file's tests stay together, so that what is made once for a module is made once. What shares a server stays together
too. Databases, folders and ports are each process's own: pytest-django names a test database after the process,
tests/settings.py makes a folder for each, ports are asked for.
"""

from typing import Any

import pytest

# Numbers of one Redis server, and a demo newsroom on PostgreSQL that all of them use.
TOGETHER = ("tests/services/test_busy.py", "tests/services/test_grown.py", "tests/services/test_many_processes.py")
# What begins late and takes minutes would leave the other processes without work; the rest is short.
FIRST = (
    "tests/torture/test_torture.py tests/services/ tests/browser/ tests/torture/ tests/writers/ "
    "tests/newsroom/test_run.py tests/test_demo.py tests/models/ tests/pagemap/ tests/admin/"
).split()


def scope_of(nodeid: str) -> str:
    """Return what one process takes as a whole: a file, or the files that share a server.

    >>> scope_of("tests/reader/test_lists.py::test_one[/en/::2]")
    'tests/reader/test_lists.py'
    """
    path = nodeid.partition("::")[0]
    return "tests/services" if path in TOGETHER else path


def put_longest_first(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Order the tests of a process that shares them with others; the order of a run in one process stays."""
    if not hasattr(config, "workerinput"):
        return
    rank = {begin: number for number, begin in enumerate(FIRST)}

    def place(item: pytest.Item) -> int:
        return next((number for begin, number in rank.items() if item.nodeid.startswith(begin)), len(rank))

    items.sort(key=place)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give out whole scopes, in the order of the items."""
    from xdist.scheduler import LoadScopeScheduling

    class Scopes(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return scope_of(nodeid)

    config.option.loadscopereorder = False
    return Scopes(config, log)
