"""The house stands as it is drawn: imports run downwards, and a cheap import stays cheap."""

from __future__ import annotations

import subprocess
import sys

from conftest import ROOT

HEAVY = ("ftfy", "langdetect", "jsonschema", "referencing", "yaml", "typer", "rich")


def test_imports_run_downwards() -> None:
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", code, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_clean_english_page_is_cleaned_without_heavy_imports() -> None:
    code = f"""
import sys
from cleankit import recipe
from cleankit.model import Document
text = "The committee met on Monday to hear the report of the secretary and to talk about it.\\n"
assert recipe.default().run(Document("x", text)).result.text == text
print([name for name in {HEAVY!r} if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
