"""Counts on disk: the lines of all pages, in an SQLite file, so that memory does not grow with the pages.

Each page is one row with the keys of its lines in their order; each line is one row with the number of its pages. What
comes out depends on the pages alone, not on the order in which they went in.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from cleankit.errors import UsageError
from cleankit.learn.evidence import Counted
from cleankit.learn.lines import KEY, NEVER, Form, key

# "ckln": says in the file's head whose it is
_APPLICATION = 0x636B6C6E
# counts of lines that were folded in another way cannot be added to
_VERSION = 1
_CACHE = 32 << 10  # KiB that SQLite may hold in memory

_TABLES = """
CREATE TABLE IF NOT EXISTS site (id INTEGER PRIMARY KEY, name TEXT UNIQUE, copies INTEGER DEFAULT 0);
CREATE TABLE IF NOT EXISTS page (site INTEGER, digest BLOB, keys BLOB, traits BLOB, UNIQUE (site, digest));
CREATE TABLE IF NOT EXISTS name (path TEXT PRIMARY KEY, site INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS line (key BLOB PRIMARY KEY, site INTEGER, pages INTEGER, form TEXT, traits INTEGER)
    WITHOUT ROWID;
"""


class Entry(NamedTuple):
    """A page as it goes into the store: where it lies, the site it is of, whether it says so itself, and its lines."""

    path: str
    site: str
    says: bool
    forms: tuple[Form, ...]
    digest: bytes


class Group(NamedTuple):
    """A site with the number of its different pages, and of the copies of those, which do not count."""

    number: int
    name: str
    pages: int
    copies: int


def entry(path: str, site: str, says: bool, forms: Iterable[Form], text: str) -> Entry:
    """A page with what it is known by: two pages with the same words are one."""
    words = " ".join(text.split())
    return Entry(path, site, says, tuple(forms), hashlib.sha256(words.encode(errors="surrogatepass")).digest())


class Store:
    """What was counted. `path` is a file to keep and to go on from; without one it is a temporary file of SQLite's."""

    def __init__(self, path: str = "") -> None:
        is_new = not path or not Path(path).exists() or Path(path).stat().st_size == 0
        self._db = sqlite3.connect(path, isolation_level=None)
        try:
            if not is_new and self._told() != (_APPLICATION, _VERSION):
                raise UsageError(
                    f"{path}: is no store of this version of `cleankit learn`; give another file, or a new one"
                )
            self._db.executescript(
                f"PRAGMA cache_size = -{_CACHE}; PRAGMA application_id = {_APPLICATION};"
                f"PRAGMA user_version = {_VERSION}; {_TABLES}"
            )
            self._db.execute("BEGIN IMMEDIATE")
        except BaseException:
            self._db.close()
            raise

    def _told(self) -> tuple[int, int]:
        try:
            return self._number("PRAGMA application_id"), self._number("PRAGMA user_version")
        except sqlite3.DatabaseError:
            return 0, 0

    def _number(self, query: str) -> int:
        return int(self._db.execute(query).fetchone()[0])

    def close(self, *, keep: bool) -> None:
        """Write down what was added, or forget it."""
        with closing(self._db):
            self._db.execute("COMMIT" if keep else "ROLLBACK")

    def add(self, page: Entry) -> None:
        """Count a page, unless the same words were counted for its site before."""
        site = self._site(page.site)
        known = self._db.execute("INSERT OR IGNORE INTO name VALUES (?, ?)", (page.path, site)).rowcount == 0
        if known:
            self._db.execute("UPDATE name SET site = ? WHERE path = ?", (site, page.path))
        keys = [key(page.site, form.text) for form in page.forms]
        row = (site, page.digest, b"".join(keys), bytes(form.traits for form in page.forms))
        if self._db.execute("INSERT OR IGNORE INTO page VALUES (?, ?, ?, ?)", row).rowcount == 0:
            self._db.execute("UPDATE site SET copies = copies + ? WHERE id = ?", (not known, site))
            return
        self._db.executemany(
            "INSERT INTO line VALUES (?, ?, 1, ?, ?) ON CONFLICT (key) DO UPDATE SET pages = pages + 1",
            (
                (one, site, "" if form.traits & NEVER else form.text, form.traits)
                for one, form in dict(zip(keys, page.forms, strict=True)).items()
            ),
        )

    def _site(self, name: str) -> int:
        self._db.execute("INSERT OR IGNORE INTO site (name) VALUES (?)", (name,))
        return int(self._db.execute("SELECT id FROM site WHERE name = ?", (name,)).fetchone()[0])

    def groups(self) -> Iterator[Group]:
        """The sites, by name."""
        self._db.execute("CREATE INDEX IF NOT EXISTS repeated ON line (site, pages) WHERE pages > 1")
        counts = "SELECT id, name, count(page.rowid), copies FROM site LEFT JOIN page ON site.id = page.site"
        for row in self._db.execute(f"{counts} GROUP BY site.id ORDER BY name"):
            yield Group(*row)

    def repeating(self, group: Group, least: int) -> dict[bytes, Form]:
        """The lines that stand on at least so many pages (two or more) of a site, by their keys."""
        rows = "SELECT key, form, traits FROM line WHERE site = ? AND pages >= ? AND pages > 1"
        return {one: Form(text, traits) for one, text, traits in self._db.execute(rows, (group.number, least))}

    def pages(self, group: Group, numbers: dict[bytes, int]) -> Iterator[Counted]:
        """The pages of a site, their lines by `numbers`."""
        for keys, traits in self._db.execute("SELECT keys, traits FROM page WHERE site = ?", (group.number,)):
            yield Counted([numbers.get(keys[i : i + KEY], -1) for i in range(0, len(keys), KEY)], traits)

    def site_of(self, path: str) -> str:
        """The site of a page that was added by this path; empty for one that was not."""
        row = self._db.execute("SELECT site.name FROM name JOIN site ON site.id = name.site WHERE path = ?", (path,))
        found = row.fetchone()
        return str(found[0]) if found else ""
