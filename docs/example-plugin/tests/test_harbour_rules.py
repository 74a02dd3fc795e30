"""The pack and the filter keep the laws, and do what they are for."""

from __future__ import annotations

from pathlib import Path

import harbour_rules
from harbour_rules.running_heads import RunningHeads

from cleankit.testing import check_filter, check_pack

NOTICE = """\
Notice to Mariners 44/2031
The east quay is closed until Friday, and the light on the mole is out of order.

Notice to Mariners 44/2031
Boats may moor at the west quay; this replaces Notice to Mariners 43/2031.
"""


def test_running_heads_keep_the_laws() -> None:
    check_filter(RunningHeads, [NOTICE])


def test_the_pack_keeps_the_laws() -> None:
    check_pack(Path(harbour_rules.__file__).parent / "packs")
