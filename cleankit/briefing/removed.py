"""What cleaning took out and still tells something: credits, page numbers, source, datelines, front matter."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from cleankit.briefing import names
from cleankit.briefing.model import Note, Pages
from cleankit.model import Finding, Markup, Span

_DISCLAIMER = re.compile(
    r"\s*(?:In (?:the )?(?:case|event) of (?:any )?(?:discrepanc|inconsistenc|conflict)|如有(?:歧义|出入)).*$",
    re.DOTALL,
)
_CREDITED = re.compile(
    r"^(?:(?:translat|edit|report|writ|compil|photograph|proofread|interpret|review)\w*(?:\s*(?:and|,|&|/)\s*)?)+"
    r"(?:\s+by\b|\s*[:：])\s*|^(?:(?:photos?|editors?|reporters?|translators?|authors?|images?)(?:\s+(?:by|"
    r"credits?))?\s*[:：])\s*|"
    r"^(?:责任编辑|责编|编辑|翻译|记者|作者|摄影|撰稿|校对|审核|来源)\s*[:：]\s*",
    re.IGNORECASE,
)
_SLIDE = re.compile(r"^\d{0,3}\s*/\s*\d{1,3}\b\s*")
_PAGE_OF = re.compile(
    r"\b(?:page|seite|página|pagina|halaman|sayfa)\s+(\d{1,3})\s+(?:of|von|de|di|dari|/)\s+(\d{1,3})", re.IGNORECASE
)


@dataclass(slots=True)
class Removed:
    """The removed texts by what they tell, and the fields of the front matter."""

    credits: list[str] = field(default_factory=list)
    captions: list[Note] = field(default_factory=list)
    disclaimers: list[Note] = field(default_factory=list)
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
        if tells == "caption":
            removed.captions += _note(finding, _SLIDE.sub("", text))
        elif tells == "disclaimer":
            removed.disclaimers += _note(finding, text)
        elif tells == "credits":
            if said := _DISCLAIMER.search(text):
                removed.disclaimers += _note(finding, said[0].strip())
            removed.credits += (name for name in credits(text) if name not in removed.credits)
        elif tells == "pages":
            removed.pages = removed.pages or pages(text)
        elif tells in ("source", "dateline"):
            removed.stamps.append(text)
        elif tells == "title":
            removed.title = removed.title or text or None
        elif tells == "front-matter":
            removed.fields.update((name, value) for name, value in finding.evidence if name != "tells")
    return removed


def _note(finding: Finding, text: str) -> list[Note]:
    return [Note(text, finding.at)] if text and isinstance(finding.at, Span) else []


def add_markup(removed: Removed, markup: Markup, first: str) -> None:
    """What the page's markup says, where no removed text told it. `first` is the first paragraph of what is left.

    A headline that stands there is read there, with the lines that belong to it.
    """
    if names.key(markup.title) != names.key(first):
        removed.title = removed.title or markup.title or None
    told = {"published_time": markup.date, "site_name": markup.site}
    removed.fields = {name: value for name, value in told.items() if value} | removed.fields
    removed.credits += (name for name in markup.author.split("; ") if name and name not in removed.credits)


def credits(text: str) -> list[str]:
    """The names in a line of credits; the line itself where it holds other things than names.

    >>> credits("Translated and edited by Ada Lovelace, Mary Somerville. In case of any discrepancy …")
    ['Ada Lovelace', 'Mary Somerville']
    """
    text = _DISCLAIMER.sub("", text).strip(" .。()（）[]【】")
    listed = _CREDITED.sub("", text)
    parts = [part.strip() for part in re.split(r"\s*[,，、;；/&]\s*(?:and\s+)?|\s+(?:and|und|et|y|dan|ve)\s+", listed)]
    parts = [part for part in parts if part]
    if listed != text and parts and all(names.is_name(part, least=1) for part in parts):
        return parts
    return [text] if text else []


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
