"""What every web process holds to, however gunicorn is started in this folder; docs/how-to/grow.md says why."""

from newsroom import settings

worker_class = "newsroom.web.Worker"
threads = 1
timeout = settings.REQUEST_SECONDS
graceful_timeout = 5
control_socket_disable = True
