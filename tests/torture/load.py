"""Editors and a legal desk at work, until killed: `python -m tests.torture.load editor|legal FOLDER LETTER SEED`.

`setup` in place of the role makes the newsroom.
"""

import os
import sys
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"

import django

django.setup()

from django.utils import timezone  # noqa: E402

from articles.models import Name, Organization  # noqa: E402
from articles.registers import load_register_data, refresh_version  # noqa: E402
from tests.builders import make_newsroom, make_user, organization, registers_data  # noqa: E402
from tests.torture.editor import Editor  # noqa: E402
from tests.torture.legal import Legal  # noqa: E402
from tests.torture.stories import TURNING  # noqa: E402


def setup() -> None:
    """Store the invented newsroom, the organization that comes and goes, and the people."""
    make_newsroom()
    turning = organization("turning", [{"text": TURNING, "language": "en", "strength": "strong"}], "test-agents")
    load_register_data({**registers_data(), "organizations": [turning]})
    assert Name.objects.filter(organization=Organization.objects.get(key="turning")).exists()
    refresh_version(timezone.now())
    for role in ("Managing editor", "Legal", "Administrator"):
        user = make_user(role)
        user.email = f"{user.username}@news.example"
        user.save()


def main() -> None:
    role = sys.argv[1]
    if role == "setup":
        setup()
        return
    folder, letter, seed = Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    if role == "editor":
        Editor(folder, letter, seed).run()
    else:
        Legal(folder, letter, seed).run()


if __name__ == "__main__":
    main()
