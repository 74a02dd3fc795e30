"""Pages of HTML: their text is taken out of the markup, then cleaned as any other, and the page itself stays."""

from __future__ import annotations

import builtins
import hashlib
import importlib.util
import json
import os
import socket
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from html_pages import LABELLED, NEWS, NO_TEXT, PAGES, Page, frame, paragraphs

pytest.importorskip("trafilatura")

import trafilatura

from cleankit import corpus, ledger, recipe
from cleankit.briefing import validate
from cleankit.briefing.parse import parse
from cleankit.cli import main
from cleankit.corpus import Source, charset
from cleankit.corpus.markup import EXTRA, NOTHING, extract
from cleankit.engines import look, origin
from cleankit.engines.job import Failure
from cleankit.engines.places import TIMING
from cleankit.engines.plan import Given, plan
from cleankit.errors import ReadError
from cleankit.model import Document, Markup
from cleankit.pipeline import Outcome

each_page = pytest.mark.parametrize("page", [pytest.param(page, id=name) for name, page in PAGES.items()])


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def cleaned(page: bytes, name: str = "page.html") -> Outcome:
    text, markup = extract(page, name)
    return recipe.default().run(Document(name, text, {"markup": markup}))


def run(capfdbinary: pytest.CaptureFixture[bytes], *args: str) -> tuple[Any, str, str]:
    """Exit code, standard output and standard error of a command line."""
    with pytest.raises(SystemExit) as end:
        main(args)
    out, err = capfdbinary.readouterr()
    return end.value.code or 0, out.decode(), err.decode()


# ------------------------------------------------------------------ what is taken out, and what is left


def stand_in_order(lines: tuple[str, ...], text: str) -> bool:
    at = 0
    for line in lines:
        at = text.find(line, at)
        if at < 0:
            return False
    return True


@each_page
def test_the_body_stays_whole_and_the_chrome_goes(page: Page, capfd: pytest.CaptureFixture[str]) -> None:
    left = cleaned(page.data).result.text
    assert stand_in_order(page.body, left)
    assert [words for words in page.chrome if words in left] == []
    assert "never text" not in left
    assert capfd.readouterr() == ("", "")  # the library has opinions, and a logger


def test_what_the_library_lets_through_is_for_the_filters() -> None:
    outcome = cleaned(PAGES["glued"].data)
    let_through = [words for words in PAGES["glued"].chrome if words in outcome.source.text]
    assert let_through == ["0 Comment(s)Print", "Opens in new", "1 2 3", "Follow Harbourdaily"]
    assert {finding.rule for finding in outcome.applied} >= {"nav/pager", "social/share-line", "social/follow-us"}


@each_page
def test_never_worse_than_the_library_alone(page: Page, real_pages: Path) -> None:
    """By the F1 of four-word shingles against the body, as the benchmark of text-only cleaners defines it."""
    place = real_pages / "tools/extraction_eval.py"
    if not place.is_file():
        pytest.skip("no extraction_eval.py in the bench")
    spec = importlib.util.spec_from_file_location("extraction_eval", place)
    assert spec
    assert spec.loader
    sys.modules["extraction_eval"] = tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)

    def f1(text: str) -> float:
        precision, recall = tool.shingle_pr("\n".join(page.body), text)
        return 2 * precision * recall / (precision + recall) if precision and recall else 0.0

    decoded, _ = charset.decode(page.data, "page")
    alone = trafilatura.extract(decoded, include_comments=False) or ""
    assert f1(cleaned(page.data).result.text) >= f1(alone)


def test_a_speaker_named_again_and_again_keeps_the_name() -> None:
    lines = cleaned(PAGES["labels-alone"].data).result.text.splitlines()
    assert [lines.count(who) for who in ("Chair:", "Anna Weber:", "Upland TV:")] == [2, 3, 2]


def test_each_paragraph_of_a_page_set_in_tables_has_its_line() -> None:
    for name in ("old-tables", "nested-tables"):
        assert tuple(extract(PAGES[name].data, name)[0].splitlines()) == NEWS


def test_a_table_of_data_stays_one() -> None:
    lines = extract(PAGES["table"].data, "table")[0].splitlines()
    assert lines[2:6] == [
        "| Basin | Open since | Depth |",
        "| North | 3 March | 9 m |",
        "| West | 5 March | 7 m |",
        "| Old | May | 4 m |",
    ]


def test_a_short_page_in_chinese_is_not_taken_for_an_empty_one() -> None:
    page = PAGES["chinese"]
    assert len("".join(page.body)) < 250
    assert extract(page.data, "page")[0].splitlines()[1:] == list(page.body)


def test_the_same_text_whatever_was_read_before() -> None:
    once = [extract(page.data, "page") for page in PAGES.values()]
    assert once[::-1] == [extract(page.data, "page") for page in reversed(PAGES.values())]


def test_the_same_text_by_any_hash_seed() -> None:
    code = "from html_pages import PAGES\nfrom cleankit.corpus.markup import extract\n"
    code += "print([extract(page.data, 'page') for page in PAGES.values()])"
    path = os.pathsep.join(map(str, (ROOT, ROOT / "tests")))
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for page in PAGES.values():
        assert extract(page.data, "page")


# ------------------------------------------------------------------ bytes

DECLARED = [
    pytest.param(b'<meta charset="utf-8">', "utf-8", id="HTML 5"),
    pytest.param(b"<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=windows-1254'>", "cp1254", id="HTML 4"),
    pytest.param(b'<?xml version="1.0" encoding="EUC-KR"?>', "cp949", id="XHTML"),
    pytest.param(b'<!-- <meta charset="big5"> --><meta charset=shift_jis>', "cp932", id="not what a comment says"),
    pytest.param(b"<meta charset=x-sjis>", "cp932", id="an old name"),
    pytest.param(b"<meta charset=latin1>", "cp1252", id="as browsers read latin1"),
    pytest.param(b"<meta charset=utf-16>", "utf-8", id="which the line itself is not in"),
    pytest.param(b"<meta charset=nowhere>", None, id="no encoding"),
    pytest.param(b"<meta charset=rot13>", None, id="no encoding of text"),
    pytest.param(b"<meta charset=utf-7>", None, id="what no browser reads"),
    pytest.param(b"<meta charset=cp037>", None, id="one in which the line says something else"),
    pytest.param(b"<meta charset=utf-32>", None, id="wider than the line"),
    pytest.param(b"<p>charset=big5</p>", None, id="not what the text says"),
]


@pytest.mark.parametrize(("data", "encoding"), DECLARED)
def test_the_encoding_that_a_page_says_it_has(data: bytes, encoding: str | None) -> None:
    assert charset.declared(data) == encoding


WISH = "Günaydın, “hepiniz” hoş geldiniz. " * 9


@pytest.mark.parametrize(
    ("data", "told", "encoding"),
    [
        pytest.param("<meta charset=latin1>".encode("utf-16") + WISH.encode("utf-16-le"), None, "utf-16-le", id="mark"),
        pytest.param(b"\xef\xbb\xbf<meta charset=latin1>" + WISH.encode(), "cp1254", "utf-8", id="mark over all"),
        pytest.param(b"<meta charset=latin1>" + WISH.encode("cp1254"), "cp1254", "cp1254", id="told over said"),
        pytest.param(b"<meta charset=cp1254>" + WISH.encode("cp1254"), None, "cp1254", id="said"),
        pytest.param(b"<meta charset=latin1>" + WISH.encode(), None, "utf-8", id="said, but UTF-8 beyond chance"),
    ],
)
def test_a_page_is_read_by_its_mark_by_what_was_told_by_what_it_says(
    data: bytes, told: str | None, encoding: str
) -> None:
    text, found = charset.decode(data, "page.html", told)
    assert (text.partition(">")[2], found) == (WISH, encoding)


def test_two_characters_that_might_be_utf_8_do_not_overrule_the_page() -> None:
    data = b"<meta charset=gb2312>" + b"\xc4\xa3\xc4\xa3"
    assert data.decode()  # it might
    assert charset.decode(data, "page.html") == ("<meta charset=gb2312>模模", "gb18030")


def test_bytes_that_are_not_what_the_page_says() -> None:
    with pytest.raises(ReadError, match=r"page.html: is not gb18030 throughout, .* say --encoding NAME"):
        charset.decode(b"<meta charset=gb2312>" + b"\xff\xfe\xfd" * 9, "page.html")
    with pytest.raises(ReadError, match=r"page.html: byte 3 \(0xff\) is not cp949, the encoding that was given"):
        charset.decode(b"<p>" + b"\xff\xfe\xfd" * 9, "page.html", "cp949")


# ------------------------------------------------------------------ bad input


@pytest.mark.parametrize("data", [pytest.param(data, id=name) for name, data in NO_TEXT.items()])
def test_a_page_without_text_says_so(data: bytes) -> None:
    with pytest.raises(ReadError) as told:
        extract(data, "page.html")
    assert str(told.value) == f"page.html: {NOTHING}"


def test_a_text_in_a_script_is_one() -> None:
    article = json.dumps({"@type": "NewsArticle", "articleBody": "\n".join(NEWS)})
    data = f'<body><a href="/">Home</a><script type="application/ld+json">{article}</script></body>'
    assert stand_in_order(NEWS, extract(data.encode(), "page.html")[0])


def test_an_anchor_is_no_link() -> None:
    assert stand_in_order(NEWS, extract(f"<body><a name=top>{paragraphs(*NEWS)}</a>".encode(), "page.html")[0])


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        pytest.param(b"", "is empty", id="no byte"),
        pytest.param(b" \r\n ", "is empty", id="blanks"),
        pytest.param(b"Odo Brandt <odo@harbour.example>\n1 < 2\n", "holds no HTML; if it is plain text", id="text"),
        pytest.param(b'{"a": "b"}', "holds no HTML; if it is plain text", id="JSON"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe", "is not UTF-8", id="a picture"),
        pytest.param(b"\x1f\x8b\x08\0\xff\xfe" * 9, "is not UTF-8", id="packed"),
        pytest.param(b"<div>" * 100_000 + b"<p>Deep.</p>", "nests its elements deeper", id="100,000 elements deep"),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, problem: str) -> None:
    with pytest.raises(ReadError, match=problem) as told:
        extract(data, "page.html")
    assert told.value.path == "page.html"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<div>" * 400 + paragraphs(*NEWS) + "</div>" * 400, id="deeper than the parser's limit"),
        pytest.param("<table><tr><td>x</td><td>" * 200 + paragraphs(*NEWS), id="tables in tables, none closed"),
        pytest.param("<p>" + "<b>" * 1500 + "</b>" * 1500 + "</p>" + paragraphs(*NEWS), id="bold and bold again"),
        pytest.param(f"<p>{'word ' * 2_100_000}</p>" + paragraphs(*NEWS), id="a paragraph of ten megabytes"),
        pytest.param(paragraphs(*NEWS).replace("April", "Ap\0ril\x0b"), id="characters that are none"),
    ],
)
def test_nothing_is_lost_beyond_the_limits_of_the_parser(body: str) -> None:
    text, _ = extract(f"<html><body>{body}</body></html>".encode(), "page.html")
    assert stand_in_order(NEWS, text)


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(paragraphs(*NEWS), id="a fragment"),
        pytest.param(f"<div>{paragraphs(*NEWS)}</div>", id="a fragment in one element"),
        pytest.param(
            f'<?xml version="1.0" encoding="utf-8"?>\n<html><body>{paragraphs(*NEWS)}</body></html>', id="XHTML"
        ),
        pytest.param(
            f"<!DOCTYPE html SYSTEM 'about:x' /><html/><body>{paragraphs(*NEWS)}</body>", id="bad declarations"
        ),
    ],
)
def test_a_page_need_not_be_whole(page: str) -> None:
    assert tuple(extract(page.encode(), "page.html")[0].splitlines()) == NEWS


# ------------------------------------------------------------------ without the extra


@pytest.fixture
def no_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def guarded(name: str, *rest: Any) -> Any:
        if name.partition(".")[0] in ("trafilatura", "lxml"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name.partition(".")[0])
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", guarded)


@pytest.mark.usefixtures("no_extra")
def test_without_the_extra_its_name_is_told_and_the_others_are_done(
    here: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    Path("a.html").write_bytes(PAGES["news"].data)
    Path("b.txt").write_text("One. \n", encoding="utf-8")
    told = f"a.html: is HTML, which needs an extra: {EXTRA}\n"
    assert EXTRA == 'pip install "cleankit-corpus[html]"'
    code, _, err = run(capfdbinary, "clean", "a.html", "b.txt", "-o", "out", "--quiet")
    assert (code, err) == (3, told)
    assert Path("out/text/b.txt").read_text(encoding="utf-8") == "One.\n"
    assert [path.name for path in Path("out/text").iterdir()] == ["b.txt"]
    code, out, err = run(capfdbinary, "check", "a.html", "b.txt", "--quiet")
    assert (code, out, err) == (3, "", told)
    assert run(capfdbinary, "parse", "a.html")[::2] == (3, f"cleankit: {told}")


def test_an_extra_that_is_broken_tells_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    real = builtins.__import__

    def broken(name: str, *rest: Any) -> Any:
        if name == "trafilatura":
            raise ImportError("lxml.html.clean is a project of its own now")
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", broken)
    with pytest.raises(ReadError, match=r"needs an extra \(lxml.html.clean is a project of its own now\): pip install"):
        extract(b"<p>One.</p>", "a.html")


# ------------------------------------------------------------------ files, folders, commands


def test_fix_leaves_a_page_of_html_alone_and_does_the_others(
    here: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    page = PAGES["glued"].data
    Path("a.HTM").write_bytes(page)
    Path("b.txt").write_text("One. \n", encoding="utf-8")
    done = list(look.fix(plan(["a.HTM", "b.txt"])))
    assert [one.path for one in done if not isinstance(one, Failure)] == ["b.txt"]
    (failure,) = (one for one in done if isinstance(one, Failure))
    assert failure.problem.endswith("cannot stand in its place; clean it into a folder: cleankit clean a.HTM -o OUT")
    assert Path("a.HTM").read_bytes() == page
    assert Path("b.txt").read_text(encoding="utf-8") == "One.\n"
    for command in (("fix", "a.HTM"), ("fix", "--diff", "a.HTM"), ("check", "--diff", "a.HTM")):
        code, out, err = run(capfdbinary, *command)
        assert (code, out) == (3, "")
        assert err.startswith("a.HTM: is HTML")


def test_a_folder_stands_for_its_texts_and_with_html_for_its_pages_too(here: Path) -> None:
    for name in ("page.txt", "page.html", "deep/old.htm", "deep/new.XHTML", ".hidden.html", "raw/no.html"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_bytes(b"One.\n" if name.endswith("txt") else PAGES["news"].data)
    assert [task.source.id for task in plan(["."]).tasks] == ["page"]
    todo = plan(["."], Given(html=True, exclude=("raw",)))
    assert [task.source.id for task in todo.tasks] == ["deep/new.XHTML", "deep/old.htm", "page", "page.html"]


def test_a_folder_of_pages_alone_says_what_to_say(here: Path) -> None:
    Path("pages").mkdir()
    Path("pages/a.html").write_bytes(PAGES["news"].data)
    (error,) = plan(["pages"]).missing
    assert error.problem == "holds no *.txt file; clean and check read its pages of HTML with --html"


def test_a_page_and_its_text_side_by_side_do_not_meet(here: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    Path("in").mkdir()
    Path("in/page.txt").write_text("One. \n", encoding="utf-8")
    Path("in/page.html").write_bytes(PAGES["glued"].data)
    for jobs in ("1", "2"):
        assert run(capfdbinary, "clean", "--html", "in", "-o", f"out{jobs}", "-q", "-j", jobs) == (0, "", "")
    files = [
        {path.relative_to(out).as_posix(): path.read_bytes() for path in Path(out).rglob("*.*") if path.name != TIMING}
        for out in ("out1", "out2")
    ]
    assert files[0] == files[1]
    assert {name for name in files[0] if name.startswith("text/")} == {"text/page.txt", "text/page.html.txt"}


def test_a_page_from_standard_input_has_a_name(
    here: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("page").write_bytes(PAGES["glued"].data)
    with Path("page").open() as file:
        monkeypatch.setattr(sys, "stdin", file)
        code, out, _ = run(capfdbinary, "check", "-", "--stdin-filename", "glued.html", "--select", "nav/pager")
    assert code == 1
    assert out.startswith("glued.html:8:1: nav/pager")


# ------------------------------------------------------------------ ledger, places, findings elsewhere


def test_the_ledger_knows_the_page_and_gives_its_text_back(
    here: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    data = PAGES["glued"].data
    Path("a.html").write_bytes(data)
    assert run(capfdbinary, "clean", "a.html", "-o", "out", "-q")[0] == 0
    journal = Path("out/ledger/a.html.jsonl").read_bytes()
    read = ledger.read(journal, "journal")
    assert read.markup is not None
    assert read.markup.sha256 == hashlib.sha256(data).hexdigest()
    assert read.markup.reader == f"trafilatura {trafilatura.__version__}"
    assert ledger.write(read) == journal
    code, out, err = run(capfdbinary, "restore", "out/text/a.html.txt", "out/ledger/a.html.jsonl")
    assert (code, out) == (0, extract(data, "a.html")[0])
    taken = f"the text that {read.markup.reader} took from HTML ({read.markup.sha256})"
    assert err == f"out/text/a.html.txt: this is {taken}\n"
    assert run(capfdbinary, "validate", "out", "-q") == (0, "", "")
    assert Path("a.html").read_bytes() == data


def test_the_ledger_of_a_text_says_nothing_of_markup() -> None:
    outcome = recipe.default().run(Document("a", "One. \n"))
    head = json.loads(ledger.write(ledger.of(outcome)).splitlines()[0])
    assert set(head) == {"v", "id", "source", "chars", "entries", "result", "seal"}


def test_an_error_in_a_briefing_leads_to_the_page(here: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    Path("in").mkdir()
    Path("in/a.html").write_bytes(PAGES["briefing"].data)
    assert run(capfdbinary, "clean", "--html", "in", "-o", "out", "-q")[0] == 0
    found = origin.of("out/briefings/a.html.json")
    assert found is not None
    data = json.loads(Path("out/briefings/a.html.json").read_bytes())
    assert found.of(data, "/turns/1/speaker") == "in/a.html:3"


def test_what_reads_places_in_files_is_told_none_in_a_page(
    here: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    Path("a.html").write_bytes(PAGES["glued"].data)
    _, out, _ = run(capfdbinary, "check", "a.html", "--select", "nav/pager", "--format", "sarif")
    (result,) = json.loads(out)["runs"][0]["results"]
    assert result["locations"] == [
        {"physicalLocation": {"artifactLocation": {"uri": "a.html", "uriBaseId": "%SRCROOT%"}}}
    ]
    assert "fixes" not in result
    _, out, _ = run(capfdbinary, "check", "a.html", "--select", "nav/pager", "--format", "github")
    assert out.startswith("::warning file=a.html,title=nav/pager::")


# ------------------------------------------------------------------ what the markup says


def test_what_the_markup_says_goes_with_the_document(here: Path) -> None:
    Path("a.html").write_bytes(PAGES["news"].data)
    document = corpus.read(Source("a.html", "a.html"))
    assert document.meta["markup"] == Markup(
        hashlib.sha256(PAGES["news"].data).hexdigest(),
        "utf-8",
        f"trafilatura {trafilatura.__version__}",
        title="Ferry stays for three winters",
        author="Mara Holt",
        date="2032-03-04",  # which may lie in the future: the day of the run has no say in it
        url="https://daily.example/ferry",
        site="Harbour Daily",
    )
    assert date.fromisoformat("2032-03-04")
    assert document.meta["sha256"] == hashlib.sha256(document.text.encode()).hexdigest()
    assert document.meta["encoding"] == "utf-8"


def test_the_briefing_takes_from_the_markup_what_the_text_does_not_say() -> None:
    briefing = parse(cleaned(PAGES["news"].data))
    assert (briefing.title, briefing.published) == ("Ferry stays for three winters", "2032-03-04")
    assert (briefing.source, briefing.credits) == ("Harbour Daily", ("Mara Holt",))
    assert briefing.paragraphs == NEWS
    assert not list(validate.validate(briefing.to_dict()))


def test_a_title_that_stands_in_the_markup_alone() -> None:
    text = "\n".join(" ".join(pair) for pair in LABELLED) + "\n"
    markup = Markup("0" * 64, "utf-8", "a library", title="Briefing on the harbour", author="Mara Holt; Odo Brandt")
    outcome = recipe.default().run(Document("a", text, {"markup": markup}))
    briefing = parse(outcome)
    assert briefing.title == "Briefing on the harbour"
    assert briefing.credits == ("Mara Holt", "Odo Brandt")
    assert len(briefing.turns) == len(LABELLED)


def test_what_the_text_says_goes_before_what_the_markup_says() -> None:
    told = """<meta property="article:published_time" content="2032-03-04">
    <meta property="og:site_name" content="Elsewhere">"""
    page = frame(paragraphs("Published: March 2, 2032", *NEWS), "Ferry stays for three winters", head=told)
    briefing = parse(cleaned(page))
    assert briefing.published == "2032-03-02"
    assert briefing.source == "Elsewhere"
