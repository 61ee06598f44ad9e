"""How a use case says no."""

from django.utils.functional import Promise


class Refused(Exception):
    """The act cannot be done; `field` names the form's field it concerns ("" for the whole), `message` says why."""

    def __init__(self, field: str, message: str | Promise) -> None:
        super().__init__(field, message)
        self.field = field
        self.message = message

    def __str__(self) -> str:
        return str(self.message)
