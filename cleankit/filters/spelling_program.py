"""An installed spelling program, asked about the words of a page: `typos` or `codespell`, which do not come with us.

Each word goes to the program alone, one on a line, so that only such words are asked about as a rule may change:
English paragraphs, small letters, no part of an address, a compound or a name, no `[sic]`. Its answers are suggested.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from cleankit.errors import CleankitError, UsageError
from cleankit.lazy import expression
from cleankit.model import About, Finding, Safety, flag, replacement
from cleankit.page import Page
from cleankit.surroundings import is_bound

SECONDS = 60  # for one page; both programs take less than a tenth of a second for 5,000 words
KNOWN_WORDS = 200_000  # answers that are kept; English press texts of ten million words have fewer words

_WORD = expression(r"\b[a-z]{5,}\b")
_CORRECTED = expression(r"(\S+) ==> (.+)")
_CORRECTION = expression(r"[A-Za-z]+(?:[ '’-][A-Za-z]+)*")

_Answers = Iterator[tuple[str, list[str]]]  # a word and its corrections


def _of_typos(answer: str) -> _Answers:
    import json

    for line in answer.splitlines():
        entry = json.loads(line)
        if entry["type"] == "typo":
            yield entry["typo"], entry["corrections"]


def _of_codespell(answer: str) -> _Answers:
    # a correction with a remark behind a bar is one that it would not make itself
    for word, corrections in _CORRECTED.findall(answer):
        yield word, [correction.strip() for correction in corrections.split(",") if correction.strip()]


# How each is called, its exit codes (nothing found, words found) and how its answer is read.
_PROGRAMS: Mapping[str, tuple[tuple[str, ...], tuple[int, ...], Callable[[str], _Answers]]] = MappingProxyType(
    {
        "typos": (("--isolated", "--format", "json", "-"), (0, 2), _of_typos),
        "codespell": (("--builtin", "clear,rare", "-"), (0, 65), _of_codespell),
    }
)


class SpellingProgram:
    """Asks the program named. Pickles as its name; keeps what it was told of a word: it is the same on every page."""

    stage = "proof"

    def __init__(self, program: str) -> None:
        """Raises UsageError where there is no such program, or it is not installed."""
        import shutil

        if program not in _PROGRAMS:
            raise UsageError(f"{program!r} is no spelling program; there are {' and '.join(_PROGRAMS)}")
        path = shutil.which(program)
        if path is None:
            hint = f"install it (pip install {program}), or do not ask for it"
            raise UsageError(f"spelling-program: {program} is not installed; {hint}")
        self.name = f"spelling-{program}"
        self.about = (
            About(
                f"spelling/{program}",
                Safety.SUGGESTED,
                f"A word that the program {program} takes for a misspelling.",
                "Its list knows one correction for the word; the list is not ours, so it is only suggested.",
            ),
        )
        self._program, self._path = program, path
        self._known: dict[str, str] = {}

    def __reduce__(self) -> tuple[type[SpellingProgram], tuple[str]]:
        return SpellingProgram, (self._program,)

    def __call__(self, page: Page) -> Iterator[Finding]:
        (about,) = self.about
        words = list(self._words(page))
        self._learn({word for word, _, _ in words})
        for word, start, end in words:
            if not (right := self._known[word]):
                continue
            if page.is_quoted(start, end):
                yield flag(about.rule, about.summary, start, end, (("right", right), ("quoted", "yes")))
            else:
                yield replacement(about.rule, about.summary, page.text, start, end, right, about.level)

    def _words(self, page: Page) -> Iterator[tuple[str, int, int]]:
        text = page.text
        for number, line in enumerate(page.lines):
            if page.languages[number] != "en":
                continue
            for found in _WORD.finditer(text, line.start, line.end):
                if not is_bound(text, *found.span()):
                    yield found[0], *found.span()

    def _learn(self, words: Iterable[str]) -> None:
        if len(self._known) > KNOWN_WORDS:
            self._known.clear()
        new = sorted(word for word in words if word not in self._known)
        if not new:
            return
        answers = dict.fromkeys(new, "")
        try:
            for word, corrections in self._asked(new):
                if word in answers and len(corrections) == 1 and _CORRECTION.fullmatch(corrections[0]):
                    answers[word] = corrections[0]
        except (ValueError, KeyError, TypeError) as error:
            raise CleankitError(
                f"{self._program}: gave an answer that is not understood ({error}); update it"
            ) from error
        self._known.update(answers)

    def _asked(self, words: Iterable[str]) -> _Answers:
        import subprocess
        from tempfile import TemporaryDirectory

        arguments, codes, read = _PROGRAMS[self._program]
        # an empty folder: a configuration that lies where a run was started may not decide what is found
        with TemporaryDirectory() as folder:
            try:
                done = subprocess.run(
                    [self._path, *arguments],
                    input="".join(f"{word}\n" for word in words),
                    capture_output=True,
                    encoding="utf-8",
                    errors="replace",
                    timeout=SECONDS,
                    cwd=folder,
                    check=False,
                )
            except subprocess.TimeoutExpired as error:
                raise CleankitError(
                    f"{self._program}: took more than {SECONDS} seconds for a page; leave it out"
                ) from error
            except OSError as error:
                raise CleankitError(f"{self._program}: cannot be run: {error.strerror}; install it again") from error
        if done.returncode not in codes:
            said = (done.stderr.strip() or done.stdout.strip()).splitlines()
            told = f": {said[-1][:200]}" if said else ""
            raise CleankitError(f"{self._program}: failed with exit code {done.returncode}{told}")
        return read(done.stdout)
