"""Plugins: what is installed is found and works, and what is wrong with it is said with its name."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent

import pytest
from conftest import ROOT

from cleankit import plugins, recipe
from cleankit.config import Choice
from cleankit.errors import CleankitError, UsageError
from cleankit.model import Document
from cleankit.page import Page

EXAMPLE = ROOT / "docs" / "example-plugin"

RULE = """
kind = "line"
level = "safe"
summary = "A bell."
why = "It rings."
match = { any_of = ['Ding dong'] }
example = [{ name = "a bell", text = "Ding dong\\n", clean = "" }]
keep = [{ name = "no bell", text = "Ding dong, it said.\\n" }]
"""
FILTER = """
from cleankit.model import About, Safety, deletion, flag

class Bells:
    name = "bells"
    about = (About("{rule}", Safety.SAFE, "A bell.", "It rings."),)
    {more}

    def __call__(self, page):
        for at, letter in enumerate(page.text):
            if letter == "#":
                yield {found}
"""
FOUND = "deletion('quay/bell', 'A bell.', page.text, at, at + 1)"

Install = Callable[..., Path]


def bells(rule: str = "quay/bell", more: str = "", found: str = FOUND) -> str:
    return FILTER.format(rule=rule, more=more, found=found)


def write(folder: Path, name: str, groups: dict[str, dict[str, str]], files: dict[str, str], info: str) -> None:
    points = "".join(
        f"[{group}]\n" + "".join(f"{key} = {value}\n" for key, value in entries.items())
        for group, entries in groups.items()
    )
    meta = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
    for place, text in {
        f"{info}/METADATA": meta,
        f"{info}/PKG-INFO": meta,
        f"{info}/entry_points.txt": points,
        **files,
    }.items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def forget() -> None:
    for cached in (plugins.packs, plugins.filters, plugins.installed, recipe.build, recipe.rules, recipe.abouts):
        cached.cache_clear()


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Puts a distribution on the path: its name, its entry points by group, its files."""
    made: list[str] = []

    def put(
        name: str = "harbour_bells",
        packs: dict[str, str] | None = None,
        filters: dict[str, str] | None = None,
        files: dict[str, str] | None = None,
        info: str = "",
    ) -> Path:
        folder = tmp_path / name
        groups = {"cleankit.packs": packs or {}, "cleankit.filters": filters or {}}
        write(folder, name, groups, files or {}, info or f"{name}-1.0.dist-info")
        made.extend({Path(file).parts[0].removesuffix(".py") for file in files or {}})
        monkeypatch.syspath_prepend(folder)
        forget()
        return folder

    forget()
    yield put
    forget()
    for module in [module for module in sys.modules if module.partition(".")[0] in made]:
        del sys.modules[module]


def test_nothing_installed_costs_no_look_into_the_metadata() -> None:
    code = "import sys; from cleankit import plugins; print(plugins.packs(), plugins.filters(), end=' ')"
    code += "; print([name for name in ('importlib.metadata', 'email', 'zipfile') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "() () []\n"


def test_packs_and_filters_are_found_and_work(install: Install) -> None:
    folder = install(
        packs={"bells": "bellpack"},
        filters={"ring": "bellpack.ring:Bells"},
        files={"bellpack/__init__.py": "", "bellpack/mole/bell.toml": RULE, "bellpack/ring.py": bells()},
    )
    (pack,) = plugins.packs()
    assert pack == (("harbour-bells", "cleankit.packs", "bells", "bellpack"), folder / "bellpack")
    (look,) = plugins.filters()
    assert str(look.plugin) == "plugin harbour-bells (cleankit.filters: ring = bellpack.ring:Bells)"
    outcome = recipe.build(Choice()).run(Document("page", "The ferry is# late.\n\nDing dong\n"))
    assert outcome.result.text == "The ferry is late.\n"
    assert {"mole/bell", "quay/bell"} <= {about.rule for about in recipe.abouts(Choice())}
    off = recipe.build(Choice(plugins=False))
    assert off.run(Document("page", "Ding dong#\n")).result.text == "Ding dong#\n"
    assert "mole/bell" not in {about.rule for about in recipe.abouts(Choice(plugins=False))}


@pytest.mark.parametrize(
    "value", ["bellpack", "bellpack:FOLDER", "bellpack:folder", "bellpack.deep.place"], ids=lambda value: value
)
def test_a_pack_is_a_package_a_module_a_path_or_a_function(install: Install, value: str) -> None:
    code = "from pathlib import Path\nFOLDER = str(Path(__file__).parent)\ndef folder(): return Path(FOLDER)\n"
    place = "bellpack/deep" if "deep" in value else "bellpack"
    files = {"bellpack/__init__.py": code, f"{place}/mole/bell.toml": RULE, "bellpack/deep/place.py": ""}
    install(packs={"bells": value}, files=files)
    assert [rule.id for rule in recipe.rules(Choice()) if rule.pack == "mole"] == ["mole/bell"]


def test_a_pack_of_data_is_not_run(install: Install) -> None:
    install(packs={"bells": "bellpack"}, files={"bellpack/__init__.py": "1 / 0", "bellpack/mole/bell.toml": RULE})
    assert len(plugins.packs()) == 1


def test_a_filter_may_be_an_instance_and_says_where_it_stands(install: Install) -> None:
    code = bells(more="stage = 'entities'") + "\nBELLS = Bells()\n"
    install(filters={"ring": "bellring:BELLS"}, files={"bellring.py": code})
    stages = {stage.name: stage.filters for stage in recipe.build(Choice()).stages}
    assert [look.name for look in stages["entities"]] == ["entities", "bells"]


def test_the_order_does_not_depend_on_the_path(install: Install) -> None:
    for name in ("b_bells", "c_bells", "a_bells"):
        code = bells(f"{name[0]}/bell", found=f"flag('{name[0]}/bell', 'A bell.', at, at + 1)")
        install(name, filters={"z": f"{name}:Bells", "y": f"{name}:Bells"}, files={f"{name}.py": code})
    names = [(look.plugin.distribution, look.plugin.name) for look in plugins.filters()]
    assert names == [(f"{letter}-bells", name) for letter in "abc" for name in "yz"]


def test_those_that_are_named_are_taken(install: Install) -> None:
    for name in ("ebb_bells", "tide.bells"):
        module = name[:4].strip("_") + "mod"
        files = {f"{module}.py": bells(f"{module}/bell")}
        install(name, filters={module: f"{module}:Bells"}, files=files)
    assert [look.plugin.distribution for look in plugins.filters()] == ["ebb-bells", "tide-bells"]
    for wanted in ("tide.bells", "Tide_Bells", "tidemod"):
        assert [look.plugin.distribution for look in plugins.filters((wanted,))] == ["tide-bells"]
    assert plugins.filters(()) == plugins.filters(False) == plugins.packs(("ebb-bells",)) == ()
    with pytest.raises(UsageError, match="plugins: no plugin named 'tide-bell' is installed; did you mean tide-bells"):
        plugins.filters(("tide-bell",))


def test_a_name_where_nothing_is_installed(install: Install) -> None:
    with pytest.raises(UsageError, match="plugins: no plugin named 'bells' is installed; there are none"):
        plugins.packs(("bells",))


def test_a_plugin_that_is_not_wanted_is_not_imported(install: Install) -> None:
    install(filters={"ring": "bellring:Bells"}, files={"bellring.py": "1 / 0"})
    assert recipe.build(Choice(plugins=False)).stages
    assert "bellring" not in sys.modules


def test_a_distribution_that_has_lost_its_metadata(install: Install) -> None:
    folder = install(filters={"ring": "bellring:Bells"}, files={"bellring.py": "1 / 0"})
    (folder / "harbour_bells-1.0.dist-info" / "METADATA").unlink()
    with pytest.raises(UsageError, match=r"^plugin \S+ \(cleankit.filters: ring = bellring:Bells\): gives no filter"):
        plugins.filters()


@pytest.mark.parametrize("info", ["harbour_bells.egg-info", "harbour_bells-1.0.DIST-INFO"])
def test_other_ways_to_be_installed(install: Install, info: str) -> None:
    install(filters={"ring": "bellring:Bells"}, files={"bellring.py": bells()}, info=info)
    assert [look.name for look in plugins.filters()] == ["bells"]


def test_what_cannot_be_read_is_passed_over(install: Install, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    install(filters={"ring": "bellring:Bells"}, files={"bellring.py": bells()})
    (tmp_path / "odd" / "odd-1.0.dist-info" / "entry_points.txt").mkdir(parents=True)
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for place in ("odd", "loop", "gone"):
        monkeypatch.syspath_prepend(tmp_path / place)
    forget()
    assert [look.name for look in plugins.filters()] == ["bells"]


def test_a_filter_in_an_archive(install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, archive = tmp_path / "unzipped", tmp_path / "bells.zip"
    files = {"bellring.py": bells()}
    write(folder, "bells", {"cleankit.filters": {"ring": "bellring:Bells"}}, files, "bells-1.0.dist-info")
    with zipfile.ZipFile(archive, "w") as file:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                file.write(path, path.relative_to(folder))
    monkeypatch.syspath_prepend(archive)
    forget()
    assert [look.plugin.distribution for look in plugins.filters()] == ["bells"]
    sys.modules.pop("bellring")


def test_a_finder_of_another_kind_is_asked(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    class Finder:
        def find_spec(self, *_: object) -> None: ...

        def find_distributions(self, *_: object) -> Iterator[object]:
            return iter(())

    assert not plugins._may_be_any()
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, Finder()])
    assert plugins._may_be_any()


def test_a_pack_that_names_no_folder(install: Install) -> None:
    install(packs={"bells": "bellpack:__file__"}, files={"bellpack/__init__.py": ""})
    with pytest.raises(UsageError, match=r"plugin harbour-bells .*__init__\.py is no folder; install it again"):
        plugins.packs()


WRONG = [
    pytest.param(
        "packs", {}, "gives no folder (ModuleNotFoundError: No module named 'bellring')", id="no such package"
    ),
    pytest.param("packs", {"bellring.py": ""}, "there is no PACK/NAME.toml in ", id="no rules"),
    pytest.param("packs", {"bellring/mole/Bell.toml": RULE}, "names are kebab-case; rename it", id="not kebab-case"),
    pytest.param("packs", {"bellring/nav/pager.toml": RULE}, "cleankit itself has a rule nav/pager too", id="taken"),
    pytest.param("filters", {}, "gives no filter (ModuleNotFoundError: No module named 'bellring')", id="no module"),
    pytest.param("filters", {"bellring.py": "1 / 0"}, "gives no filter (ZeroDivisionError: ", id="fails on import"),
    pytest.param("filters", {"bellring.py": ""}, "gives no filter (AttributeError: ", id="no such class"),
    pytest.param(
        "filters", {"bellring.py": "class Bells:\n def __init__(self, a): ..."}, "missing 1 required", id="arguments"
    ),
    pytest.param("filters", {"bellring.py": "Bells = 7"}, "7 cannot be called with a page", id="not callable"),
    pytest.param("filters", {"bellring.py": "def Bells(page): ..."}, "has no `name`", id="a function"),
    pytest.param("filters", {"bellring.py": bells(more="about = ()")}, "has no `about`", id="no about"),
    pytest.param(
        "filters", {"bellring.py": bells("bell")}, "the rule id 'bell' in its `about` is not", id="no rule id"
    ),
    pytest.param("filters", {"bellring.py": bells("quay/Bell")}, "is not of the form pack/stem", id="capital in an id"),
]


@pytest.mark.parametrize(("group", "files", "words"), WRONG)
def test_what_is_wrong_is_said_with_the_name(install: Install, group: str, files: dict[str, str], words: str) -> None:
    value = "bellring" if group == "packs" else "bellring:Bells"
    install(**{group: {"ring": value}}, files=files)
    with pytest.raises(UsageError) as caught:
        plugins.packs() if group == "packs" else plugins.filters()
    assert str(caught.value).startswith(f"plugin harbour-bells (cleankit.{group}: ring = {value}): ")
    assert words in str(caught.value)
    assert (
        "plugins = false" in str(caught.value)
        or "rename it" in str(caught.value)
        or "let it name" in words + str(caught.value)
    )


STAND = [
    pytest.param(bells(more="stage = 'ebb'"), "stands in no stage 'ebb'; there are entities, ", id="unknown stage"),
    pytest.param(bells("nav/pager"), "has nav/pager, as has ", id="a built-in rule"),
    pytest.param(
        bells("space/no-break"), "as has filter cleankit.filters.white_space.WhiteSpace", id="a built-in filter"
    ),
]


@pytest.mark.parametrize(("code", "words"), STAND)
def test_a_filter_that_cannot_stand_in_the_pipeline(install: Install, code: str, words: str) -> None:
    install(filters={"ring": "bellring:Bells"}, files={"bellring.py": code})
    with pytest.raises(UsageError) as caught:
        recipe.build(Choice())
    assert str(caught.value).startswith("plugin harbour-bells (cleankit.filters: ring = bellring:Bells): ")
    assert words in str(caught.value)


def test_two_plugins_with_one_rule(install: Install) -> None:
    for name in ("ebb_bells", "tide_bells"):
        install(name, packs={"bells": name}, files={f"{name}/mole/bell.toml": RULE})
    with pytest.raises(UsageError, match=r"plugin tide-bells .*plugin ebb-bells .* has a rule mole/bell too; rename"):
        plugins.packs()


def test_a_pack_with_the_rule_of_a_filter(install: Install) -> None:
    install(
        packs={"bells": "bellpack"},
        filters={"ring": "bellpack.ring:Bells"},
        files={"bellpack/__init__.py": "", "bellpack/quay/bell.toml": RULE, "bellpack/ring.py": bells()},
    )
    with pytest.raises(UsageError, match=r"plugin harbour-bells .* has quay/bell, as has .*/quay/bell\.toml"):
        recipe.build(Choice())


def test_a_package_in_two_folders(install: Install) -> None:
    install("ebb_bells", packs={"bells": "bellpack"}, files={"bellpack/mole/bell.toml": RULE})
    install("tide_bells", files={"bellpack/quay/bell.toml": RULE})
    with pytest.raises(UsageError, match="bellpack lies in 2 folders"):
        plugins.packs()


FAILS = [
    pytest.param("1 / 0", "failed with ZeroDivisionError", id="raises"),
    pytest.param("'bell'", "yields 'bell', which is no Finding", id="yields text"),
    pytest.param(
        "deletion('quay/bell', '', page.text + '#', at, at + 2)", "does not stand at|of a text of", id="bounds"
    ),
    pytest.param("flag('quay/tide', '', at, at + 1)", "'quay/tide' is not among the rules of its `about`", id="rule"),
]


@pytest.mark.parametrize(("found", "words"), FAILS)
def test_a_filter_that_fails_on_a_page(install: Install, found: str, words: str) -> None:
    install(filters={"ring": "bellring:Bells"}, files={"bellring.py": bells(found=found)})
    (look,) = plugins.filters()
    assert look(Page("no bell")) == []
    with pytest.raises(CleankitError, match=words) as caught:
        look(Page("a bell: #"))
    assert "plugin harbour-bells" in str(caught.value)
    assert not isinstance(caught.value, UsageError)


def run(line: list[str], path: Path, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join((str(path), str(ROOT))), "PYTHONIOENCODING": "utf-8", **more}
    return subprocess.run([sys.executable, *line], cwd=cwd, env=env, capture_output=True, text=True, check=False)


def test_a_page_that_a_plugin_fails_on_does_not_end_the_run(install: Install, tmp_path: Path) -> None:
    folder = install(filters={"ring": "bellring:Bells"}, files={"bellring.py": bells(found="1 / 0")})
    (tmp_path / "bad.txt").write_text("#\n")
    (tmp_path / "good.txt").write_text("Good.  \n")
    done = run(["-m", "cleankit", "check", "bad.txt", "good.txt"], folder, tmp_path)
    assert done.returncode == 3
    assert "space/trailing-blanks" in done.stdout
    assert "bad.txt: plugin harbour-bells (cleankit.filters: ring = bellring:Bells): failed with Zero" in done.stderr


@pytest.mark.parametrize("place", ["bellring.py", "bellring/ring.py", "bells/__init__.py", "bells/words.json"])
def test_what_is_remembered_goes_by_the_code_of_a_filter(install: Install, tmp_path: Path, place: str) -> None:
    ring = {
        "bellring.py": "bellring:Bells",
        "bellring/ring.py": "bellring.ring:Bells",  # in a package without an `__init__`
    }.get(place, "bells:Bells")
    code = "bells/__init__.py" if place.startswith("bells") else place
    folder = install(filters={"ring": ring}, files={code: bells(), place: "{}" if place.endswith("json") else bells()})
    (tmp_path / "page.txt").write_text("#\n")
    cache = tmp_path / "cache"

    def looked() -> set[Path]:
        run(["-B", "-m", "cleankit", "check", "page.txt"], folder, tmp_path, CLEANKIT_CACHE_DIR=str(cache))
        return set(cache.glob("check/??/*"))

    first = looked()
    assert first
    assert looked() == first
    (folder / place).write_text((folder / place).read_text().replace("A bell", "A loud bell") + "\n")
    assert len(looked()) == 2 * len(first)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example plugin, built and installed into a folder of its own without the network."""
    for needed in ("pip", "hatchling"):
        pytest.importorskip(needed, reason="builds the example plugin")
    folder = tmp_path_factory.mktemp("installed")
    pip = ["-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet", "--no-index", "--no-deps"]
    line = [sys.executable, *pip, "--no-build-isolation", "--target", str(folder), str(EXAMPLE)]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


NOTICE = dedent("""\
    Notice to Mariners 44/2031
    The east quay is closed until Friday, and the light on the mole is out of order.

    Sign up for tide alerts by text message!

    Notice to Mariners 44/2031
    Boats may moor at the west quay; this replaces Notice to Mariners 43/2031.
    """)
CLEAN = dedent("""\
    Notice to Mariners 44/2031
    The east quay is closed until Friday, and the light on the mole is out of order.

    Boats may moor at the west quay; this replaces Notice to Mariners 43/2031.
    """)


def test_the_example_plugin_is_listed_and_shown(installed: Path, tmp_path: Path) -> None:
    listed = run(["-m", "cleankit", "rules", "list"], installed, tmp_path)
    assert re.search(r"^harbour/running-head +safe +The number of a notice", listed.stdout, re.MULTILINE), listed.stderr
    shown = run(["-m", "cleankit", "rules", "show", "harbour/tide-alert"], installed, tmp_path)
    assert "It sells a service of the site" in shown.stdout
    assert "-Sign up for tide alerts by text message!" in shown.stdout
    shown = run(["-m", "cleankit", "rules", "show", "harbour/running-head"], installed, tmp_path)
    assert "-Notice to Mariners 44/2031" in shown.stdout
    assert str(installed / "harbour_rules" / "running_heads.py") in shown.stdout


def test_the_example_plugin_checks_and_cleans(installed: Path, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for name in ("one", "two", "three"):
        (pages / f"{name}.txt").write_text(NOTICE)
    checked = run(["-m", "cleankit", "check", "pages/one.txt"], installed, tmp_path)
    assert checked.returncode == 1
    assert "harbour/tide-alert" in checked.stdout
    assert "harbour/running-head" in checked.stdout
    for jobs in ("1", "2"):
        done = run(["-m", "cleankit", "clean", "pages", "-o", f"out{jobs}", "-j", jobs], installed, tmp_path)
        assert done.returncode == 0, done.stderr
        assert {path.read_text() for path in (tmp_path / f"out{jobs}" / "text").iterdir()} == {CLEAN}
    (tmp_path / "cleankit.toml").write_text("plugins = false\n")
    assert "harbour/" not in run(["-m", "cleankit", "check", "pages/one.txt"], installed, tmp_path).stdout


def test_the_example_plugin_works_in_processes_that_start_anew(installed: Path, tmp_path: Path) -> None:
    code = """
import multiprocessing as m
from cleankit import api
if __name__ == "__main__":
    with m.get_context("spawn").Pool(1) as pool:
        print(pool.map(api.clean, ["Get tide alerts by e-mail\\\\nA quay.\\\\n"]))
"""
    (tmp_path / "anew.py").write_text(code.replace("\\\\", "\\"))
    done = run(["anew.py"], installed, tmp_path)
    assert done.stdout == "['A quay.\\n']\n", done.stderr


def test_the_tests_of_the_example_plugin_pass(installed: Path, tmp_path: Path) -> None:
    line = ["-m", "pytest", "-o", "addopts=", "-p", "no:cacheprovider", str(EXAMPLE / "tests")]
    done = run(line, installed, tmp_path)
    assert done.returncode == 0, done.stdout
    assert "2 passed" in done.stdout


def test_the_guide_shows_the_example_plugin_as_it_is() -> None:
    guide = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
    blocks = re.findall(r"<!-- example-plugin/(\S+) -->\n```\w+\n(.*?)```", guide, re.DOTALL)
    assert len(blocks) == 4
    for name, block in blocks:
        assert block in (EXAMPLE / name).read_text(encoding="utf-8"), name
