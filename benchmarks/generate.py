"""Two corpora of any size out of the sample pages: mostly clean text and dirty text. The same seed, the same bytes.

    python benchmarks/generate.py OUT.jsonl [--dirty] [--megabytes 10] [--seed 1]

A document is some paragraphs of the pages in `seeds/clean`, in no order, with other digits and one word in fifteen
taken from elsewhere. One clean document in three has one line of chrome. A dirty one has 4 to 20, among them
advertising in two of five documents; one paragraph in eight was read as Windows-1252, one in eight has curly quotes,
others have typing errors, no-break spaces, entities.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

SEEDS = Path(__file__).parents[1] / "seeds"
LEAST, MOST = 2_000, 45_000  # letters of a document


class Corpus:
    """Documents without end."""

    def __init__(self, *, dirty: bool, seed: int = 1) -> None:
        self.dirty = dirty
        self.chance = random.Random(seed)
        clean = {path.name: _lines(path) for path in sorted((SEEDS / "clean").glob("*.txt"))}
        kept = {line for lines in clean.values() for line in lines}
        removed = (line for path in sorted((SEEDS / "dirty").glob("*.txt")) for line in _lines(path))
        self.paragraphs = [line for line in sorted(kept) if len(line) > 60]
        self.chrome = sorted({line for line in removed if line not in kept and len(line) < 120})
        self.words = sorted({word for line in self.paragraphs for word in re.findall(r"[^\W\d_]{4,}", line)})

    def __iter__(self) -> Iterator[str]:
        while True:
            yield self._document()

    def take(self, size: int) -> list[str]:
        """Documents of so many bytes in all, or some more."""
        found, done = [], 0
        for text in self:
            found.append(text)
            done += len(text.encode())
            if done >= size:
                return found
        raise AssertionError("documents without end")

    def document(self, size: int) -> str:
        """One document of about so many letters."""
        lines: list[str] = []
        done = 0
        while done < size:
            lines.append(self._paragraph())
            done += len(lines[-1]) + 2
        chance = self.chance
        count = chance.randint(4, 20) if self.dirty else int(chance.random() < 0.3)
        for line in chance.choices(self.chrome, k=count * max(1, size // MOST)):
            lines.insert(chance.randint(0, len(lines)), line)
        return "\n\n".join(lines) + "\n"

    def varied(self, text: str) -> str:
        """A text with other digits, and one word in fifteen from elsewhere."""
        text = re.sub(r"\d", lambda _: str(self.chance.randint(0, 9)), text)
        return re.sub(r"[^\W\d_]{4,}", lambda word: self._other(word[0]), text)

    def _document(self) -> str:
        return self.document(round(LEAST * (MOST / LEAST) ** self.chance.random()))

    def _paragraph(self) -> str:
        chance = self.chance
        text = self.varied(chance.choice(self.paragraphs))
        if not self.dirty:
            return text
        draw = chance.random()
        if draw < 0.12:
            return _misread("“" + text.replace("'", "’") + "”")
        if draw < 0.24:
            return text.replace("'", "’").replace(' "', " “").replace('"', "”")
        if draw < 0.30:
            return self._mistyped(text)
        if draw < 0.36:
            return text.replace(" ", "\u00a0", 4)
        return escape(text) if draw < 0.40 else text

    def _other(self, word: str) -> str:
        return self.chance.choice(self.words) if self.chance.random() < 1 / 15 else word

    def _mistyped(self, text: str) -> str:
        at = self.chance.randrange(len(text) - 1)
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_bytes().decode("utf-8-sig").splitlines() if line.strip()]


def _misread(text: str) -> str:
    """UTF-8 read as Windows-1252, the bytes that it has not taken as Latin-1."""
    return "".join(_character(byte) for byte in text.encode())


def _character(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--dirty", action="store_true")
    parser.add_argument("--megabytes", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    texts = Corpus(dirty=args.dirty, seed=args.seed).take(args.megabytes * 1_000_000)
    with args.out.open("w", encoding="utf-8") as file:
        for number, text in enumerate(texts):
            file.write(json.dumps({"id": str(number), "text": text}, ensure_ascii=False) + "\n")
    print(f"{len(texts):,} documents in {args.out}")


if __name__ == "__main__":
    main()
