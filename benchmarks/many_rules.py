"""What ten times the rules cost: CPU time of a clean pass over the sample pages with 50 rules and with 500.

`python benchmarks/many_rules.py` prints seconds and their ratio. The rules are made up of the built-in ones: the same
kinds, keys and patterns, with words that no other rule has, and as many on average that the pages do hold.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cleankit import recipe
from cleankit.model import Document
from cleankit.rules import Rule, builtin

ROUNDS = 7
SEED = 11
FEW, MANY = 50, 500


def rules(count: int) -> list[Rule]:
    """The first `count` of an endless row: built-in rules, then the same with their words spelt anew."""
    chance = random.Random(SEED)
    shipped = list(builtin())
    chance.shuffle(shipped)
    found = []
    for number in range(count):
        rule, again = shipped[number % len(shipped)], number // len(shipped)
        found.append(_respelt(rule, again) if again else rule)
    return sorted(found, key=lambda rule: rule.id)


def _respelt(rule: Rule, again: int) -> Rule:
    """The rule with every letter of the Latin alphabet moved on, so that it is another rule of the same weight."""
    move = str.maketrans({chr(97 + i): chr(97 + (i + again) % 26) for i in range(26)})
    words = {word.translate(move): new for word, new in rule.match.words.items()}
    patterns = tuple(_moved(pattern, move) for pattern in rule.match.any_of)
    match = replace(rule.match, words=words, any_of=patterns)
    return replace(rule, id=f"{rule.id}-{again}", match=match, needs=())


def _moved(pattern: str, move: dict[int, str]) -> str:
    """Letters outside of classes, escapes and flags."""
    parts, inside, at = [], False, 0
    while at < len(pattern):
        char, taken = pattern[at], 1
        if char == "\\":
            end = pattern.find("}", at) + 1 if pattern[at + 1 : at + 3] in ("p{", "P{", "x{") else at + 2
            taken = end - at
        elif pattern.startswith("(?", at):
            end = min(i for i in (pattern.find(":", at), pattern.find(">", at), pattern.find(")", at)) if i > 0) + 1
            taken = end - at
        elif char in "[]":
            inside = char == "["
        elif not inside:
            char = char.translate(move)
        parts.append(pattern[at : at + taken] if taken > 1 else char)
        at += taken
    return "".join(parts)


def seconds(rules: Sequence[Rule], pages: Sequence[Document]) -> list[float]:
    """CPU seconds of each of several passes, the first one, in which patterns are compiled, left out."""
    pipeline = recipe.of_rules(rules)
    taken = []
    for _ in range(ROUNDS + 1):
        start = time.process_time()
        for page in pages:
            pipeline.run(page)
        taken.append(time.process_time() - start)
    return taken[1:]


def both() -> tuple[list[float], list[float]]:
    """The seconds of each pass with few rules and with many."""
    folder = Path(__file__).parent.parent / "seeds" / "dirty"
    pages = [Document(path.stem, path.read_bytes().decode("utf-8-sig")) for path in sorted(folder.glob("*.txt"))] * 10
    return seconds(rules(FEW), pages), seconds(rules(MANY), pages)


def main() -> None:
    few, many = both()
    for count, taken in ((FEW, few), (MANY, many)):
        print(f"{count:4} rules: {statistics.median(taken):.3f} s ({min(taken):.3f} to {max(taken):.3f})")
    print(f"ratio {statistics.median(many) / statistics.median(few):.2f}")


if __name__ == "__main__":
    main()
