"""The conformance kit, for whoever writes filters and packs: dirty pages to draw from, and the laws to hold them to.

Needs hypothesis: `pip install "cleankit-corpus[testing]"`.
"""

from cleankit.testing.filters import check_filter
from cleankit.testing.laws import LawBroken, check_pack, check_pipeline
from cleankit.testing.pages import lines, pages

__all__ = ["LawBroken", "check_filter", "check_pack", "check_pipeline", "lines", "pages"]
