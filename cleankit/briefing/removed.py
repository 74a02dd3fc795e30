"""What cleaning took out and still tells something: credits, page numbers, source, datelines, front matter."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from cleankit.briefing.model import Pages
from cleankit.model import Finding

_DISCLAIMER = re.compile(
    r"\s*(?:In (?:the )?(?:case|event) of (?:any )?(?:discrepanc|inconsistenc|conflict)|如有(?:歧义|出入)).*$",
    re.DOTALL,
)
_PAGE_OF = re.compile(
    r"\b(?:page|seite|página|pagina|halaman|sayfa)\s+(\d{1,3})\s+(?:of|von|de|di|dari|/)\s+(\d{1,3})", re.IGNORECASE
)


@dataclass(slots=True)
class Removed:
    """The removed texts by what they tell, and the fields of the front matter."""

    credits: list[str] = field(default_factory=list)
    stamps: list[str] = field(default_factory=list)
    title: str | None = None
    fields: dict[str, str] = field(default_factory=dict)
    pages: Pages | None = None


def read(findings: Iterable[Finding]) -> Removed:
    """Collect what the applied findings tell."""
    removed = Removed()
    for finding in findings:
        pairs = dict(finding.evidence)
        tells = pairs.get("tells")
        text = re.sub(r"\s+", " ", finding.fix.old).strip() if finding.fix else ""
        if tells == "credits":
            credit = _DISCLAIMER.sub("", text).strip()
            if credit and credit not in removed.credits:
                removed.credits.append(credit)
        elif tells == "pages":
            removed.pages = removed.pages or pages(text)
        elif tells in ("source", "dateline"):
            removed.stamps.append(text)
        elif tells == "title":
            removed.title = removed.title or text or None
        elif tells == "front-matter":
            removed.fields.update((name, value) for name, value in finding.evidence if name != "tells")
    return removed


def pages(text: str) -> Pages | None:
    """Which page of how many a pager shows. An arrow on one side only tells the first or the last page.

    >>> pages("<  1  2"), pages("1   2   >")
    (Pages(number=2, total=2), Pages(number=1, total=2))
    """
    hit = _PAGE_OF.search(text)
    if hit:
        number, total = int(hit[1]), int(hit[2])
        return Pages(number, total) if 1 <= number <= total else None
    numbers = [int(digits) for digits in re.findall(r"\d{1,3}", text)]
    if not numbers or max(numbers) < 1:
        return None
    total = max(numbers)
    back = bool(re.match(r"\W*[<«‹]|\s*(?:prev|上一页|zurück|précédent)", text, re.IGNORECASE))
    on = bool(re.search(r"[>»›]\s*$|(?:next|下一页|weiter|suivant)\W*$", text, re.IGNORECASE))
    if back and not on:
        return Pages(total, total)
    if on and not back:
        return Pages(1, total)
    return Pages(None, total)
