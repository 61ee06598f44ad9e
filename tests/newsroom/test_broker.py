"""The embedded broker's files are seen whole or not at all, and a broken one ends no worker."""

from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from kombu import Connection
from kombu.exceptions import ChannelError

from newsroom import broker, celery


@pytest.fixture
def channel(tmp_path: Path) -> Any:
    options = {name: str(tmp_path / "messages") for name in ("data_folder_in", "data_folder_out")}
    (tmp_path / "messages").mkdir()
    options["control_folder"] = str(tmp_path / "control")
    with Connection("filesystem://localhost/", transport_options=options) as connection:
        yield connection.channel()


def test_the_application_speaks_through_this_broker() -> None:
    with celery.app.connection_for_write("filesystem://localhost/") as connection:
        assert isinstance(connection.transport, broker.Transport)
        connection.maybe_switch_next()
        assert isinstance(connection.transport, broker.Transport)


def test_each_message_comes_out_once(channel: Any) -> None:
    for number in range(3):
        channel._put("celery", {"number": number})
    assert sorted(channel._get("celery")["number"] for _ in range(3)) == [0, 1, 2]
    with pytest.raises(Empty):
        channel._get("celery")


def test_broken_and_unfinished_files_are_passed_over(channel: Any, tmp_path: Path) -> None:
    (tmp_path / "messages" / "0_a.celery.msg").write_text("")
    (tmp_path / "messages" / "1_b.celery.msg").write_text('{"cut')
    (tmp_path / "messages" / "2_c.celery.msg.d.part").write_text("")
    channel._put("celery", {"number": 1})
    assert channel._get("celery") == {"number": 1}
    with pytest.raises(Empty):
        channel._get("celery")


def test_nobody_meets_a_message_before_it_is_whole(channel: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    written = []

    def replace(aside: Path, path: Path) -> None:
        written.append(aside.read_text())
        with pytest.raises(Empty):
            channel._get("celery")
        aside.rename(path)

    monkeypatch.setattr(broker.os, "replace", replace)
    channel._put("celery", {"number": 1})
    assert written == ['{"number": 1}']
    assert channel._get("celery") == {"number": 1}


def test_an_empty_table_of_bindings_is_written_anew(channel: Any, tmp_path: Path) -> None:
    (tmp_path / "control").mkdir()
    (tmp_path / "control" / "celery.exchange").write_text("")
    assert channel.get_table("celery") == []
    channel._queue_bind("celery", "celery", "", "celery")
    channel._queue_bind("celery", "celery", "", "celery")
    assert [bound.queue for bound in channel.get_table("celery")] == ["celery"]


def test_a_folder_that_cannot_be_written_is_an_error_of_the_broker(channel: Any, tmp_path: Path) -> None:
    (tmp_path / "messages").rmdir()
    with pytest.raises(ChannelError):
        channel._put("celery", {})
