"""All registers of a file together: lookup by key, and the file's form again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from articles.footnotes.statuses import STATUS_ORDER
from articles.footnotes.types import Organization, Register


@dataclass(frozen=True, slots=True)
class Registers:
    """A whole register file: all that notes, decisions about dates and compiling need.

    `jurisdictions`: only the registers of these mark anything; empty: of all.
    """

    registers: Mapping[str, Register]
    organizations: Mapping[str, Organization]
    status_order: tuple[str, ...] = STATUS_ORDER
    publisher: str | None = None
    own_notice: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    jurisdictions: tuple[str, ...] = ()

    def organization(self, key: str) -> Organization | None:
        """Return the organization of a key, or of a key merged into it; None when there is none."""
        return self.organizations.get(self.aliases.get(key, key))

    def register(self, key: str) -> Register | None:
        """Return the register of a key as marks carry it (`key` or `key@until`)."""
        return self.registers.get(key.partition("@")[0])

    def applies(self, key: str) -> bool:
        """Say whether a register (`key` or `key@until`) is one of the jurisdictions in force."""
        register = self.register(key)
        return register is not None and (not self.jurisdictions or register.jurisdiction in self.jurisdictions)

    def status_rank(self, register: str) -> int:
        """Return the place of a register's status in the order of statuses."""
        status = self.registers[register].status
        return self.status_order.index(status) if status in self.status_order else len(self.status_order)

    def to_dict(self) -> dict[str, Any]:
        """Return the file's form of these registers (`parse_registers` reads it back)."""
        from articles.footnotes.registers.dump import registers_to_dict

        return registers_to_dict(self)
