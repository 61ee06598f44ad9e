"""What an entry publishes under, in a register file: hosts, paths, accounts; written so that equal means equal."""

import re
from collections.abc import Mapping

from articles.footnotes.registers.problems import Reader
from articles.footnotes.registers.problems import gettext_noop as _
from articles.footnotes.types import Register, Resource

KINDS = ("host", "path", "account")
LONGEST_VALUE = 500
LONGEST_SERVICE = 100
_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_][\w-]+")
_PATH = re.compile(rf"{_HOST.pattern}/\S+")
_ACCOUNT = re.compile(r"(?!\S*://)[^\s/@]\S*")
_NUMBER = re.compile(r"-?\d{1,30}")


def parse_resource(item: Reader, registers: Mapping[str, Register]) -> Resource:
    """Return one resource of an entry; each mistake is noted at its field."""
    item.known("kind", "service", "value", "number", "register")
    kind, value, service = item.choice("kind", KINDS, ""), item.text("value"), item.text("service", "")
    if not kind and "kind" not in item.data:
        item.problem("kind", _("one of %(allowed)s is expected"), allowed=", ".join(KINDS))
    for field, text, longest in (("value", value, LONGEST_VALUE), ("service", service, LONGEST_SERVICE)):
        if len(text) > longest:
            item.problem(field, _("is longer than %(longest)d characters"), longest=longest)
    if kind and value and len(value) <= LONGEST_VALUE:
        _check_value(item, kind, value)
    _check_service(item, kind, service)
    number, register = item.text("number", ""), item.text("register", "")
    if number and not _NUMBER.fullmatch(number):
        item.problem("number", _("%(value)r is no number"), value=number)
    elif number and kind and kind != "account":
        item.problem("number", _("only an account has this"))
    if register and register not in registers:
        item.problem("register", _("no register has the key %(key)r"), key=register)
    return Resource(kind, value, service, number, register)


def _check_value(item: Reader, kind: str, value: str) -> None:
    host = value.partition("/")[0]
    if kind == "host" and not _HOST.fullmatch(value):
        item.problem("value", _("%(value)r is no host, such as tern.example"), value=value[:100])
    elif kind == "path" and not _PATH.fullmatch(value):
        item.problem("value", _("%(value)r is no host with a path, such as tern.example/dunes"), value=value[:100])
    elif kind == "account" and not _ACCOUNT.fullmatch(value):
        item.problem("value", _("%(value)r is no name of an account, without @ and address"), value=value[:100])
    elif kind != "account" and host != host.lower():
        item.problem("value", _("a host is written in small letters"))


def _check_service(item: Reader, kind: str, service: str) -> None:
    if kind == "account" and not service:
        item.problem("service", _("an account has a service, such as t.me"))
    elif service and not _HOST.fullmatch(service):
        item.problem("service", _("%(value)r is no host, such as tern.example"), value=service[:100])
    elif kind and kind != "account" and service:
        item.problem("service", _("only an account has this"))
