"""The real province, built once for all tests against other people's programs."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("province")
    shutil.copytree(ROOT / "architecture", folder / "architecture")
    shutil.copy(ROOT / "architecture.yaml", folder)
    subprocess.run(
        [sys.executable, "-m", "kientruc", "build", "-o", "out"], cwd=folder, check=True, capture_output=True
    )
    return folder / "out"
