"""The legal desk under torture: an organization is listed and lifted again, and each time the archive follows."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from articles.models import Designation, Organization, Register
from articles.publishing.relabel import apply_version
from articles.registers import compile_version, current_version

from .desk import Desk

PAUSE = (6.0, 20.0)  # seconds


class Legal(Desk):
    def __init__(self, folder: Path, letter: str, seed: int) -> None:
        super().__init__(folder, "legal", letter, seed, PAUSE)

    def run(self) -> None:
        self.work(self.step)

    def step(self) -> None:
        """Turn the designation, and put the registers in force."""
        self.next_number()
        self.do("registers", self.turn)

    def turn(self) -> dict[str, Any]:
        """List what is not listed, lift what is; a turn that was cut off before it was applied is applied now."""
        at = timezone.now()
        if compile_version(at).pk == current_version().pk:
            with transaction.atomic():
                organization = Organization.objects.select_for_update().get(key="turning")
                listed = organization.designations.all()
                if not listed.delete()[0]:
                    since = (at - timedelta(days=30)).date()
                    register = Register.objects.get(key="test-agents")
                    Designation.objects.create(organization=organization, register=register, designated_from=since)
        at = timezone.now()
        reason = f"zq{self.letter}v{self.number}"
        batch = apply_version(compile_version(at), by=self.user, at=at, reason=reason)
        return {"batch": batch.pk, "total": batch.total}
