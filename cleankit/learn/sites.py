"""Which site a page is of, and how a pack for that site is called."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from urllib.parse import urlsplit

from cleankit.lazy import expression

HOST, FOLDER = "host", "folder"

# Fields of front matter that hold the address of the page itself, in the order in which they are believed.
_ADDRESS = (
    "url", "canonical_url", "canonical", "source_url", "original_url", "link", "permalink", "page_url", "uri", "source",
)  # fmt: skip
_HOST = expression(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}|(?:[^\W_](?:[\w-]*[^\W_])?\.)+xn--[a-z0-9-]+")
_NAME_LENGTH = 60


def site(path: str, fields: Mapping[str, str], by: str = HOST) -> str:
    """What the site of a page is known by: a host without `www.`, a folder, or what a field of its front matter says.

    By host, a page that has no address in its front matter is of the folder in its path that is called like a host,
    and else of the folder it lies in; so is one without the field.

    >>> site("news/a.txt", {"url": "https://www.harbour.example:8080/news/1"})
    'harbour.example'
    >>> site("crawl/harbour.example/2032/a.txt", {}), site("crawl/2032/a.txt", {}), site("a.txt", {}, "folder")
    ('harbour.example', 'crawl/2032', '.')
    """
    if by == HOST:
        lowered = {name.lower(): value for name, value in fields.items()}
        addresses = (lowered.get(name, "") for name in _ADDRESS)
        if found := next(filter(None, map(host, addresses)), ""):
            return found
        parts = PurePath(path).parts[:-1]
        if found := next((part.lower() for part in reversed(parts) if _HOST.fullmatch(part.lower())), ""):
            return found.removeprefix("www.")
    elif has_field(fields, by):
        return plain(fields[by])
    return plain(PurePath(path).parent.as_posix())


def has_field(fields: Mapping[str, str], by: str) -> bool:
    """Whether a page says of which site it is in the field that is asked for, if one is."""
    return by not in (HOST, FOLDER) and bool(fields.get(by, "").strip())


def host(address: str) -> str:
    """The host of a web address, without port and `www.`; empty where there is none.

    >>> host("http://user@WWW.Harbour.example:80/a?b"), host("/2032/a.html"), host("http://[::1")
    ('harbour.example', '', '')
    """
    try:
        parts = urlsplit(address.strip())
        name = parts.hostname if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""
    return plain((name or "").lower().rstrip(".").removeprefix("www."))


def packs(sites: Iterable[str], taken: Iterable[str]) -> dict[str, str]:
    """The name of each site's pack, in kebab-case: two never have one, and none is among those `taken`.

    A folder has its own name, or that of its path where another site is called so too.

    >>> packs(["tide.example", "a/Häfen", "b/nav", "港"], ["nav"])
    {'a/Häfen': 'hafen', 'b/nav': 'b-nav', 'tide.example': 'tide-example', '港': 'site-1151db5f'}
    >>> packs(["c/port", "d/port"], [])
    {'c/port': 'c-port', 'd/port': 'd-port'}
    """
    taken, left = set(taken), sorted(set(sites))
    named: dict[str, str] = {}
    # whoever shares a name gets the next longer one, so that none depends on which of them came first
    for way in (lambda site: _kebab(PurePath(site).name), _kebab, _hashed):
        names: dict[str, list[str]] = {}
        for one in left:
            names.setdefault(way(one), []).append(one)
        alone = {ones[0]: name for name, ones in names.items() if len(ones) == 1 and name and name not in taken}
        named |= alone
        taken |= set(names)
        left = [one for one in left if one not in alone]
    return dict(sorted(named.items()))


def _hashed(site: str) -> str:
    return f"{_kebab(site) or 'site'}-{_hash(site)}"


def _kebab(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    name = "-".join(re.findall("[a-z0-9]+", plain))
    return name if len(name) <= _NAME_LENGTH else f"{name[:_NAME_LENGTH].rstrip('-')}-{_hash(text)}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:8]


def plain(text: str) -> str:
    """A name that can stand in a line of a rule file and of a report."""
    return "".join(char if char.isprintable() else "?" for char in " ".join(text.split()))[:200]
