"""The examples of these pages run in a folder of their own, with the bundled sample in it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

collect_ignore = ["conf.py"]

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "agg")
