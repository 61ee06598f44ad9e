"""Do the servers beside the newsroom answer?"""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings

from ..kinds import Finding, found

PATIENCE = 1.0  # seconds


def redis(at: datetime) -> Iterator[Finding]:
    """Ask Redis, where the newsroom uses it."""
    if not settings.REDIS_URL:
        return
    from redis import Redis
    from redis.exceptions import RedisError

    try:
        with Redis.from_url(settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE) as server:
            server.ping()
    except (RedisError, OSError):
        yield found("redis")
