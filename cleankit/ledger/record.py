"""The ledger of a document that a pipeline has just been through."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterable, Iterator

from cleankit.edits import apply
from cleankit.encoding import encode
from cleankit.ledger.model import Aside, Entry, Ledger, State
from cleankit.ledger.sums import sums
from cleankit.model import Document, Finding, Markup, Safety, Span
from cleankit.pipeline import Layer, Outcome


def of(outcome: Outcome, limit: Safety = Safety.SAFE) -> Ledger:
    """The ledger of a document that `corpus.read` made, or of a bare text, which counts as UTF-8.

    `limit` is what the pipeline applied. Of a page that was put aside it is the ledger of what would have been done.
    """
    source, text = outcome.source, outcome.result.text
    encoding, bom = str(source.meta.get("encoding", "utf-8")), bool(source.meta.get("bom", False))
    digest = source.meta.get("sha256") or sha256(encode(source.text, encoding, bom))
    layers, aside = outcome.layers, None
    if found := outcome.aside:
        layers, aside = outcome.refused, Aside(found.rule, found.message, found.evidence)
        for layer in layers:
            text = apply(text, layer.edits)
    page = source.meta.get("markup")
    data = text.encode()
    # most pages of a clean corpus are as they were
    is_same = text is source.text and encoding == "utf-8" and not bom
    result = str(digest) if is_same else sha256(data)
    entries = tuple(_entries(source, layers, outcome.spared, encoding, bom))
    return Ledger(
        source.id,
        str(digest),
        encoding,
        bom,
        line_ends(source.text),
        len(source.text) if entries else 0,
        limit,
        entries,
        result,
        sums(data, unchanged=result == digest),
        page if isinstance(page, Markup) else None,
        aside,
    )


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def line_ends(text: str) -> str:
    """lf, crlf, cr, mixed, or none for a text of one line."""
    both = text.count("\r\n")
    found = {"crlf": both, "lf": text.count("\n") - both, "cr": text.count("\r") - both}
    names = [name for name, count in found.items() if count]
    return names[0] if len(names) == 1 else "mixed" if names else "none"


def _entries(
    source: Document, layers: Iterable[Layer], spared: Iterable[Finding], encoding: str, bom: bool
) -> Iterator[Entry]:
    found = [
        (layer.stage, finding, state)
        for layer in layers
        for state, findings in (
            (State.APPLIED, layer.findings),
            (State.COVERED, layer.covered),
            (State.OPEN, layer.open),
        )
        for finding in findings
    ]
    found += (("", finding, State.SPARED) for finding in spared)
    spans = [finding.at if isinstance(finding.at, Span) else Span(0, 0) for _, finding, _ in found]
    in_bytes = _bytes_of(source.text, spans, encoding, bom)
    for (stage, finding, state), home, place in zip(found, spans, in_bytes, strict=True):
        message = "" if state in (State.APPLIED, State.COVERED) else finding.message
        yield Entry(stage, finding.rule, finding.safety, finding.fix, home, place, state, finding.evidence, message)


def _bytes_of(text: str, spans: Iterable[Span], encoding: str, bom: bool) -> list[Span]:
    """The same spans counted in bytes of the file."""
    mark = len(encode("", encoding, bom))
    spans = list(spans)
    if text.isascii() and encoding in ("utf-8", "cp1252", "ascii"):
        return [Span(span.start + mark, span.end + mark) for span in spans]
    # piece by piece: an encoding may have states, and the bytes that change them belong to the character behind
    encoder = codecs.getincrementalencoder(encoding)()
    places = {0: mark}
    at, count = 0, mark
    for offset in sorted({offset for span in spans for offset in (span.start, span.end)}):
        count += len(encoder.encode(text[at:offset]))
        at, places[offset] = offset, count
    return [Span(places[span.start], places[span.end]) for span in spans]
