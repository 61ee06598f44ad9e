"""Brings the wiring to life with Django: the Celery app that tasks are sent through, and the checks."""

from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    name = "newsroom"

    def ready(self) -> None:
        """Load what registers itself."""
        from newsroom import celery, checks  # noqa: F401
