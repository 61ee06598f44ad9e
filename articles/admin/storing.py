"""Forms are read and checked outside any transaction; one begins where storing begins.

Django holds one from the first byte of a form to the last. On SQLite, which has one writer, a text that takes long to
read would stop the whole newsroom. What has changed in between, between reading and storing, is found at the beginning
of the transaction, and the form is read once more by what stands then.
"""

from contextlib import ExitStack
from typing import Any

from django.contrib.admin import ModelAdmin
from django.db import IntegrityError, router, transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect

from ..photos.upload import PhotoError

READING = ("GET", "HEAD", "OPTIONS", "TRACE")


class FormOutdated(Exception):
    """The row is no longer what it was when the form was read."""


Beneath: Any = ModelAdmin  # for the checker of types, as all that is built on unfold's


class StoresLast(Beneath):
    """Stands between Django's `ModelAdmin` and unfold's, which so adds to a form's page what it adds.

    `save_model` of what is built on it calls `begin` first of all.
    """

    @method_decorator(csrf_protect)
    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the form; or read it, then store it, once more from the beginning if another was quicker, or if the
        disk took no picture of it: then the form says so at the file, and what was typed stands in it."""
        arguments = (request, object_id, form_url, extra_context)
        if request.method in READING:
            return self._changeform_view(*arguments)
        try:
            return self._stored(*arguments)
        except (FormOutdated, IntegrityError, PhotoError):  # the last: a disk that takes no file, told at its field
            for file in sent_files(request):
                file.seek(0)
            return self._stored(*arguments)

    def _stored(self, request: HttpRequest, *arguments: Any) -> HttpResponse:
        with ExitStack() as stack:
            request._storing = stack  # type: ignore[attr-defined]
            return self._changeform_view(request, *arguments)

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        """Return the row, which knows what it was when it was read."""
        found = super().get_object(request, object_id, from_field)
        if found is not None:
            found._as_read = values_of(found)
        return found

    def begin(self, request: HttpRequest, obj: Model) -> None:
        """Begin the transaction in which the form is stored, once. Raise FormOutdated if the row has changed."""
        stack = getattr(request, "_storing", None)
        if stack is None:
            return
        request._storing = None  # type: ignore[attr-defined]
        stack.enter_context(transaction.atomic(using=router.db_for_write(type(obj))))
        as_read = getattr(obj, "_as_read", None)
        if as_read is not None:
            stands = type(obj)._base_manager.select_for_update(no_key=True).filter(pk=obj.pk).first()
            if stands is None or values_of(stands) != as_read:
                raise FormOutdated

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        self.begin(request, obj)
        super().save_model(request, obj, form, change)


def sent_files(request: HttpRequest) -> list[Any]:
    """Return the files of a form."""
    return [file for _name, files in request.FILES.lists() for file in files]


def values_of(row: Model) -> dict[str, Any]:
    """Return what stands in the row's columns."""
    return {field.attname: field.value_from_object(row) for field in row._meta.concrete_fields}
