"""What is logged how: one line to standard error for each event."""

from typing import Any


def logging(form: str, level: str) -> dict[str, Any]:
    """Return the setting LOGGING. `form`: "json" or "lines"; `level`: of all but those that say too much."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "newsroom.logs.JsonLines"}, "lines": {"()": "newsroom.logs.PlainLines"}},
        "filters": {
            "refusals": {"()": "newsroom.refusals.Refusals"},
            "strangers": {"()": "newsroom.refusals.Strangers"},
        },
        "handlers": {"console": {"class": "newsroom.logs.CalmHandler", "formatter": form, "filters": ["strangers"]}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "propagate": True, "level": level},
            "django.request": {"filters": ["refusals"]},
            "django.server": {"handlers": ["console"], "propagate": False, "level": level},
            # A tick each second is no news; a failure is still logged.
            "celery": {"level": "WARNING"},
            "kombu": {"level": "WARNING"},
            "pymorphy3": {"level": "WARNING"},
        },
    }
