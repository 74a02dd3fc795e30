"""What cleankit costs beside others that clean text: megabytes for each second of CPU, JSON Lines in, JSON Lines out.

    python benchmarks/peers.py --install DIR
    python benchmarks/peers.py --peers DIR [--megabytes 1] [--rounds 5] [--dirty] [--only ftfy jusText]

The first makes an environment of the peers' own; nothing is fetched afterwards. They and cleankit take turns on one
corpus of `generate.py`, so that a machine that gets slower slows all; a first round, which may fill caches, is left
out. Seconds are user and system time of whole processes, start-up included; what that alone is, a record of one
sentence tells. A ratio is the median of the rounds', each round's megabytes a second of cleankit over the peer's.

They do not do the same work. cleankit's is with the language it recognises, findings and ledger; the peers are without
their own executors, writers of what they leave out, and tracers. `kept` is the records that come out.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from generate import Corpus

from cleankit.version import VERSION

STEPS = Path(__file__).with_name("peer_steps.py")
OFFLINE = {"HF_HUB_OFFLINE": "1", "PIP_NO_INDEX": "1", "UV_OFFLINE": "1"}
SENTENCE = "The harbour opened again on Monday, after nine days of storm, and forty boats left the outer wall."
OWN = "cleankit"


class Peer(NamedTuple):
    """What to install, the peer first, and how many times its speed cleankit is to have."""

    packages: tuple[str, ...]
    goal: float | None = None


# Some are missing in what the packages ask for: data-juicer fetches ftfy and Ray when it first runs, and imports
# aiohttp; datatrove says which tokenizer it lacks; jusText cannot be imported without lxml-html-clean.
DATATROVE = ("datatrove>=0.10", "ftfy>=6.3", "regex")
PEERS = {
    "ftfy": Peer(("ftfy>=6.3",)),
    "data-juicer": Peer(("py-data-juicer>=1.6", "aiohttp", "ftfy>=6.3", "ray"), 4),
    "datatrove-lines": Peer(DATATROVE, 2),
    "datatrove-chain": Peer((*DATATROVE, "spacy>=3.8"), 20),
    "clean-text": Peer(("clean-text>=0.7",)),
    "jusText": Peer(("jusText>=3", "lxml-html-clean>=0.4")),
}


class PeerError(Exception):
    """A peer that could not be run, and the last that it said."""


class Bench(NamedTuple):
    """The Python of the peers, and a folder for what comes out."""

    python: str
    folder: Path

    def seconds(self, name: str, corpus: Path) -> float:
        """CPU time of one run, its children included, that finds nothing of an earlier one."""
        shutil.rmtree(self.place(name), ignore_errors=True)
        self.place(name).mkdir()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run = subprocess.run(
            self._command(name, corpus), capture_output=True, text=True, check=False, env=os.environ | OFFLINE
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if not self.output(name, corpus).is_file() or run.returncode not in ((0, 1) if name == OWN else (0,)):
            raise PeerError((run.stderr.strip() or f"exit code {run.returncode}").splitlines()[-1])
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def output(self, name: str, corpus: Path) -> Path:
        """The records that come out."""
        return self.place(name).joinpath(*(("records", "text") if name == OWN else ()), corpus.name)

    def place(self, name: str) -> Path:
        """What a peer writes into."""
        return self.folder / name

    def versions(self) -> dict[str, str]:
        """Of all packages there, by their names in small letters."""
        command = [self.python, "-m", "pip", "list", "--format", "json", "--disable-pip-version-check"]
        listed = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        return {package["name"].lower(): package["version"] for package in listed}

    def _command(self, name: str, corpus: Path) -> list[str]:
        if name != OWN:
            return [self.python, "-I", str(STEPS), name, str(corpus), str(self.output(name, corpus))]
        out, options = str(self.place(name)), ("--isolated", "--no-json", "-q")
        return [sys.executable, "-m", "cleankit", "clean", str(corpus), "-o", out, *options]


class Result(NamedTuple):
    """Of one peer: seconds of start-up, of each round, and how many documents came out."""

    start: float
    rounds: list[float]
    kept: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--install", type=Path, metavar="DIR")
    what.add_argument("--peers", type=Path, metavar="DIR")
    parser.add_argument("--megabytes", type=float, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--dirty", action="store_true")
    parser.add_argument("--only", nargs="+", choices=list(PEERS), default=list(PEERS), metavar="PEER")
    args = parser.parse_args()
    if args.install:
        install(args.install)
        return
    texts = Corpus(dirty=args.dirty).take(round(args.megabytes * 1_000_000))
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(str(python(args.peers)), Path(folder))
        results = measure(bench, [OWN, *args.only], texts, args.rounds)
    size = sum(len(text.encode()) for text in texts) / 1_000_000
    print(f"{'dirty' if args.dirty else 'mostly clean'} text: {len(texts)} documents, {size:.2f} MB; ", end="")
    print(f"{args.rounds} rounds")
    show(results, size, bench.versions())


def install(folder: Path) -> None:
    """All at once, so that they agree on what they share; each by itself if that fails."""
    venv.create(folder, with_pip=True)
    if not fetched(folder, sorted({package for peer in PEERS.values() for package in peer.packages})):
        for name, peer in PEERS.items():
            print(f"{name}: {'installed' if fetched(folder, peer.packages) else 'cannot be installed'}", flush=True)


def fetched(folder: Path, packages: Iterable[str]) -> bool:
    command = [str(python(folder)), "-m", "pip", "install", "--quiet", *packages]
    return subprocess.run(command, check=False).returncode == 0


def python(folder: Path) -> Path:
    return folder.absolute() / "bin" / "python"


def measure(bench: Bench, names: Sequence[str], texts: Sequence[str], rounds: int) -> dict[str, Result]:
    """Take turns; a peer that fails says so, and is passed over from then on."""
    whole, short = (bench.folder / name for name in ("whole.jsonl", "short.jsonl"))
    write(whole, texts)
    write(short, [SENTENCE])
    results: dict[str, Result] = {}
    for name in names:
        try:
            bench.seconds(name, whole)
            kept = lines(bench.output(name, whole))
            results[name] = Result(bench.seconds(name, short), [], kept)
        except PeerError as error:
            print(f"{name} fails: {error}", flush=True)
    for _ in range(rounds):
        for name in list(results):
            try:
                results[name].rounds.append(bench.seconds(name, whole))
            except PeerError as error:
                print(f"{name} fails: {error}", flush=True)
                del results[name]
    return results


def write(path: Path, texts: Iterable[str]) -> None:
    rows = ({"id": str(number), "text": text} for number, text in enumerate(texts))
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(1 for _ in file)


def show(results: dict[str, Result], size: float, versions: dict[str, str]) -> None:
    print(f"{'':24} {'kept':>5} {'start':>7}  {'MB/s':20}  cleankit/peer")
    for name, result in results.items():
        speeds = [size / seconds for seconds in result.rounds]
        line = f"{f'{name} {version(name, versions)}':24} {result.kept:5} {result.start:5.2f} s  {spread(speeds):20}"
        if name != OWN and OWN in results:
            line += f"  {spread(ratios(results[OWN], result))}{goal(name)}"
        print(line.rstrip())


def version(name: str, versions: dict[str, str]) -> str:
    return VERSION if name == OWN else versions.get(PEERS[name].packages[0].partition(">")[0].lower(), "?")


def goal(name: str) -> str:
    wanted = PEERS[name].goal
    return f", to be {wanted:g}" if wanted else ""


def ratios(own: Result, peer: Result) -> list[float]:
    return [theirs / ours for ours, theirs in zip(own.rounds, peer.rounds, strict=True)]


def spread(numbers: Sequence[float]) -> str:
    return f"{median(numbers):.2f} ({min(numbers):.2f}..{max(numbers):.2f})"


if __name__ == "__main__":
    main()
