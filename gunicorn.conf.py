"""What every web process holds to, however gunicorn is started in this folder; docs/how-to/grow.md says why."""

from newsroom import settings
from newsroom.logs.server import ACCESS

worker_class = "newsroom.web.Worker"
threads = 1
timeout = settings.REQUEST_SECONDS
graceful_timeout = 5
control_socket_disable = True
logger_class = "newsroom.logs.server.ServerLog"
access_log_format = ACCESS


def on_starting(server: object) -> None:
    """Forget what the processes of an earlier run have counted."""
    for file in (settings.DATA_DIR / "figures").glob("*.json"):
        file.unlink(missing_ok=True)
