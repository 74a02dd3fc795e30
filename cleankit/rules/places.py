"""Where rule files lie."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

PACKS = Path(__file__).parent.parent / "packs"
VOCABULARY = "vocabulary.toml"


def rule_files(root: Path = PACKS) -> Iterator[Path]:
    """Those below a folder of packs, by name."""
    yield from sorted(path for path in root.glob("*/*.toml"))
