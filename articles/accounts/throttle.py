"""Attempts are counted in the database: for every process, behind a proxy, whether Redis is there or not.

allauth counts in Django's default cache, which is each process's own where there is no Redis, and refuses every login
where Redis is away. `use_the_database` gives its two modules that count, those of rates and of codes used already, the
cache of this name.
"""

from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from . import address, devices

CACHE = "throttle"
# Attempts at an account from one network, from one address, and from everywhere together. The last does not stop
# somebody at a browser that the account knows: else whoever knows a name could lock its owner out.
NEAR = {"login_failed": "10/m/ip,5/5m/key"}
EVERYWHERE = {"login_failed_everywhere": "60/h/key"}


def hashed_key(key: str, prefix: str, version: int) -> str:
    """Return what is stored for a counter's name, which holds an address or an account: a keyed digest."""
    return salted_hmac("throttle", f"{prefix}:{version}:{key}", algorithm="sha256").hexdigest()


def use_the_database() -> None:
    """Let allauth count in the cache that stands in the database."""
    from allauth.core.internal import ratelimit
    from allauth.mfa.totp.internal import auth

    ratelimit.cache = auth.cache = caches[CACHE]


def count(request: HttpRequest, username: str, refusal: ValidationError) -> list[object]:
    """Count an attempt at an account; return what to give back (`rollback`) if it was the right password.

    Raises `refusal` when there were too many.
    """
    from allauth.core.internal import ratelimit

    name = username.casefold()
    near = f"{name}|{address.network(address.client_address(request))}"
    counters = [(NEAR, near)]
    if not devices.is_known(request, username):
        counters.append((EVERYWHERE, name))
    counted: list[object] = []
    for rates, key in counters:
        action = next(iter(rates))
        usage = ratelimit.consume(request, app="allauth.account", action=action, config=rates, key=key)
        if not usage:
            raise refusal
        counted.append(usage)
    return counted


def asked_too_often(request: HttpRequest, user_id: int) -> bool:
    """Count one answer to the question who somebody is; say whether there were too many in a minute."""
    from allauth.core.internal import ratelimit

    rates = {"reauthenticate": "10/m/key"}
    return not ratelimit.consume(
        request, app="allauth.account", action="reauthenticate", config=rates, key=f"again-{user_id}"
    )
