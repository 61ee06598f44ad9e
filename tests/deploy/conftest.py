"""Every file that the script for a Debian server writes, below a folder of the test."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SCRIPT = ROOT / "deploy" / "newsroom-server"


def render(folder: Path, certificates: Path) -> None:
    """Write them, as `install` would."""
    subprocess.run([SCRIPT, "render", "tern.example", certificates, folder], check=True)


@pytest.fixture
def server(tmp_path: Path) -> Path:
    """Give the folder."""
    render(tmp_path / "server", Path("/etc/letsencrypt/live/tern.example"))
    return tmp_path / "server"
