"""Rule files that do not load say which file, which key, and why; those that load find the right lines."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleankit.errors import RuleError
from cleankit.page import Page
from cleankit.rules import RuleSet, builtin
from cleankit.rules.load import distinct, load_all, load_packs, load_rule
from cleankit.rules.places import rule_files

GOOD = """
kind = "line"
level = "safe"
summary = "A test."
why = "For the test."
[match]
any_of = ['noise']
[[example]]
name = "one"
text = "a\\nnoise\\n"
clean = "a\\n"
[[keep]]
name = "two"
text = "no noise here\\n"
"""


def rule_file(folder: Path, text: str, name: str = "pack/some-rule.toml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_rule_loads(tmp_path: Path) -> None:
    rule = load_rule(rule_file(tmp_path, GOOD), {})
    assert (rule.id, rule.kind, rule.match.any_of) == ("pack/some-rule", "line", ("noise",))


DAMAGE = [
    # what is changed, the line and the key that are blamed, what is said
    ('kind = "line"', 'kind = "lines"', 2, "kind", "not one of line, block"),
    ('kind = "line"', 'kind = ""', 2, "kind", "is empty; give one of line, block"),
    ('kind = "line"', "kind = 1", 2, "kind", "must be a string"),
    ('kind = "line"', 'kind = "gap"', 3, "level", "must be flag for a gap"),
    ('kind = "line"', 'kind = "swap"', 6, "match.to", "is missing; write what stands there instead"),
    ('level = "safe"', 'level = "sure"', 3, "level", "not one of safe"),
    ('level = "safe"', "", 0, "level", "is missing; give one of safe"),
    ('why = "For the test."', "", 0, "why", "is missing; say in a sentence why"),
    ('why = "For the test."', 'why = " "', 5, "why", "is empty; say in a sentence why"),
    ("summary =", "sumary =", 4, "sumary", "not a known key; did you mean 'summary'?"),
    ("[[keep]]", "[[keeps]]", 12, "keeps", "not a known key; did you mean 'keep'?"),
    ('[[keep]]\nname = "two"\ntext = "no noise here\\n"', "", 0, "keep", "is missing; show lines that look alike"),
    ("any_of = ['noise']", "any_of = []", 7, "match.any_of", "is empty; write an RE2 pattern"),
    ("any_of = ['noise']", "", 6, "match", "is empty; say there how to find it"),
    ("any_of = ['noise']", "at = 'edge'", 6, "match.any_of", "is missing; write an RE2 pattern"),
    ("any_of = ['noise']", "any_of = 'noise'", 7, "match.any_of", "must be a list"),
    ("any_of = ['noise']", "any_of = [3]", 7, "match.any_of[0]", "must be a pattern"),
    ("any_of = ['noise']", "any_of = [\n  'noise',\n  '',\n]", 9, "match.any_of[1]", "is empty; write an RE2"),
    ("any_of = ['noise']", "any_of = ['noise']\nat = 'top'", 8, "match.at", "not one of anywhere"),
    ("any_of = ['noise']", "any_of = ['noise']\nat = ''", 8, "match.at", "not one of anywhere"),
    ("any_of = ['noise']", "any_of = ['noise']\nmembers = ['x']", 8, "match.members", "not read by kind 'line'"),
    ("any_of = ['noise']", "any_of = ['noise']\nneeds_text = 1", 8, "match.needs_text", "must be true or false"),
    ("any_of = ['noise']", "any_of = ['noise']\nunles = ['x']", 8, "match.unles", "did you mean 'unless'?"),
    ("any_of =", "min_lines = true\nany_of =", 7, "match.min_lines", "must be a whole number"),
    ("any_of =", "max_gap = -1\nany_of =", 7, "match.max_gap", "must be 0 or more"),
    ("any_of = ['noise']", "words = {Teh = 'the'}", 7, "match.words.Teh", "is never met: words are looked up in"),
    ("any_of = ['noise']", "words = {teh = 1}", 7, "match.words.teh", "must be a word with the word"),
    ("any_of = ['noise']", "words = {}", 7, "match.words", "is empty; write word ="),
    ('"line"', '"line"\nlanguages = ["en", "English"]', 3, "languages[1]", "must be an ISO 639-1 code"),
    ('"line"', '"line"\ntells = "everything"', 3, "tells", "not one of caption"),
    ("[[example]]", "[[example]]\nclaen = ''", 9, "example[0].claen", "did you mean 'clean'?"),
    ("[[example]]", "[example]", 8, "example", "must be a list; write [[example]]"),
    ('clean = "a\\n"', "", 8, "example[0].clean", "is missing; write what must become"),
    ('name = "one"', 'name = ""', 9, "example[0].name", "is empty; say what it shows"),
    ('text = "no noise here\\n"', 'text = ""', 14, "keep[0].text", "is empty; paste lines that look alike"),
    ('text = "no noise here\\n"', 'text = "a"\nclean = ""', 15, "keep[0].clean", "a keep stays as it is"),
    ('"safe"', '"flag"', 11, "example[0].clean", "a rule that flags changes nothing"),
]  # fmt: skip
ONLY_THE_LOADER_KNOWS = [
    ("any_of = ['noise']", "any_of = ['{nowhere}']", 7, "match.any_of[0]", "not in the vocabulary; known are none"),
    ('clean = "a\\n"', 'clean = "a\\nnoise\\n"', 11, "example[0].clean", "is the text itself"),
    ("any_of = ['noise']", "words = {the = 'the'}", 7, "match.words.the", "stands for itself"),
]


def damaged(old: str, new: str) -> str:
    assert GOOD.count(old) == 1
    # `words` and the sizes of blocks are read by other kinds than that of the good rule
    kind = "swap" if "words" in new else "block" if new.startswith(("min_", "max_")) else "line"
    return GOOD.replace(old, new).replace('"line"', f'"{kind}"')


@pytest.mark.parametrize(("old", "new", "line", "key", "problem"), [*DAMAGE, *ONLY_THE_LOADER_KNOWS])
def test_a_broken_rule_names_file_line_and_key(
    tmp_path: Path, old: str, new: str, line: int, key: str, problem: str
) -> None:
    path = rule_file(tmp_path, damaged(old, new))
    with pytest.raises(RuleError) as caught:
        load_rule(path, {})
    assert caught.value.key == key
    assert str(caught.value).startswith(f"{path}:{line}: {key}: " if line else f"{path}: {key}: ")
    assert problem in str(caught.value)


def test_all_errors_of_all_files_are_told(tmp_path: Path) -> None:
    one = rule_file(tmp_path, GOOD.replace('"safe"', '"sure"').replace('why = "For the test."', ""), "pack/a.toml")
    two = rule_file(tmp_path, GOOD.replace("'noise'", "'a++', 'fine', '(?<!b)c'"), "pack/b.toml")
    rule_file(tmp_path, GOOD, "pack/c.toml")
    rules, errors = load_all(rule_files(tmp_path), {})
    assert [rule.id for rule in rules] == ["pack/c"]
    assert [(error.path, error.line, error.key) for error in errors] == [
        (str(one), 0, "why"),
        (str(one), 3, "level"),
        (str(two), 7, "match.any_of[0]"),
        (str(two), 7, "match.any_of[2]"),
    ]


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        (r"a(?=b)", "RE2 has no look-ahead (`(?=` in `a(?=b)`); put what must not follow into `unless`"),
        (r"a(?!b)", "look-ahead"),
        (r"(?<=a)b", "RE2 has no look-behind"),
        (r"(?<!a)b", "a group named cut, `(?P<cut>…)`"),
        (r"(a)\1", r"RE2 has no references to earlier groups (`\1` in `(a)\1`); write the alternatives out"),
        (r"(?P<x>a)(?P=x)", "references to earlier groups"),
        (r"one of many words a++ and on and on", "possessive repetition (`++` in `…many words a++ and on and …`)"),
        (r"a{2}+", "possessive"),
        (r"(?>a)", "write `(?:`"),
        (r"(?(1)a|b)", "write two patterns"),
        (r"(?#why)a", "behind a #"),
        (r"a\u00a0b", r"write `\x{00a0}`"),
        (r"a\hb", "a blank"),
        (r"a\Z", "write `$`"),
        (r"a\Kb", "named cut"),
        (r"a{1,2000}", "cap the line with `unless`"),
        (r"(?:.{0,900}b){1,60}c", "write `.*`"),
        (r"(a", "RE2 does not take this pattern (missing ): (a)"),
        (r"a**", "RE2 does not take this pattern (bad repetition operator: **)"),
        (r" *", "matches an empty line"),
    ],
)
def test_what_re2_refuses_is_explained(tmp_path: Path, pattern: str, problem: str) -> None:
    path = rule_file(tmp_path, GOOD.replace("'noise'", f"'fine', '{pattern}'"))
    with pytest.raises(RuleError) as caught:
        load_packs(tmp_path)
    assert str(caught.value).startswith(f"{path}:7: match.any_of[1]: ")
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    ("data", "line", "problem"),
    [
        (b"kind =\n", 1, "is not valid TOML: invalid value"),
        (b'kind = "\\d"\n', 1, "is not valid TOML: unescaped '\\' in a string; write patterns between single quotes"),
        (b'kind = "line"\nkind = "block"\n', 2, "is not valid TOML: cannot overwrite a value"),
        (b'kind = "line"\n# caf\xe9\n', 2, "is not UTF-8 (byte 0xe9); save it in that encoding"),
    ],
)
def test_a_file_that_is_no_toml_names_the_line(tmp_path: Path, data: bytes, line: int, problem: str) -> None:
    path = rule_file(tmp_path, "")
    path.write_bytes(data)
    with pytest.raises(RuleError) as caught:
        load_rule(path, {})
    assert str(caught.value).startswith(f"{path}:{line}: {problem}")


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert load_rule(rule_file(tmp_path, "\ufeff" + GOOD), {}).kind == "line"


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"gone\.toml: cannot be read: No such file"):
        load_rule(tmp_path / "pack/gone.toml", {})


def test_two_rules_with_one_id_are_told_with_both_files(tmp_path: Path) -> None:
    paths = [rule_file(tmp_path / name, GOOD) for name in ("ours", "theirs")]
    with pytest.raises(RuleError) as caught:
        distinct(load_rule(path, {}) for path in paths)
    assert caught.value.path == str(paths[1])
    assert str(paths[0]) in str(caught.value)
    assert "pack/some-rule" in str(caught.value)


def test_a_pack_of_ones_own_has_the_builtin_vocabulary_and_its_own(tmp_path: Path) -> None:
    rule_file(tmp_path, GOOD.replace("'noise'", "'{network}', '{boat}'"))
    (tmp_path / "vocabulary.toml").write_text("boat = ['ferry', 'tug']\n", encoding="utf-8")
    patterns = load_packs(tmp_path)[0].match.any_of
    assert "facebook" in patterns[0]
    assert patterns[1] == "(?:ferry|tug)"


@pytest.mark.parametrize(
    ("vocabulary", "problem"),
    [
        ("boat = 'ferry'", "2: boat: must be a list of patterns"),
        ("boat = []", "2: boat: must be a list of patterns"),
        ("boat = [\n'tug',\n'(?=x)']", "4: boat[1]: RE2 has no look-ahead"),
        ("boat = ['a)|(b']", "2: boat[0]: RE2 does not take this pattern"),
        ("boat = ['{month} ferry']", "2: boat[0]: {month} stands for nothing within a vocabulary"),
        ("boat2 = ['tug']", "2: boat2: cannot stand in a pattern; name it by a to z, - and _"),
    ],
)
def test_a_vocabulary_that_no_pattern_can_use_is_refused(tmp_path: Path, vocabulary: str, problem: str) -> None:
    rule_file(tmp_path, GOOD)
    (tmp_path / "vocabulary.toml").write_text(f"# boats\n{vocabulary}\n", encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        load_packs(tmp_path)
    assert str(caught.value).startswith(f"{tmp_path / 'vocabulary.toml'}:{problem}")


def test_characters_by_their_number_are_no_names_of_the_vocabulary(tmp_path: Path) -> None:
    rule_file(tmp_path, GOOD.replace("'noise'", r"'noise\x{ad}?\p{han}?'"))
    with pytest.raises(RuleError, match=r"RE2 does not take this pattern \(invalid character class range: \\p\{han\}"):
        load_packs(tmp_path)
    rule_file(tmp_path, GOOD.replace("'noise'", r"'noise\x{ad}?'"))
    assert load_packs(tmp_path)[0].match.any_of == (r"noise\x{ad}?",)


def test_names_are_kebab_case(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="kebab-case"):
        load_rule(rule_file(tmp_path, GOOD, "pack/Some_Rule.toml"), {})


def test_a_pattern_that_re2_refuses_is_blamed_by_file_and_key(tmp_path: Path) -> None:
    rule_file(tmp_path, GOOD, "pack/good.toml")
    bad = rule_file(tmp_path, GOOD.replace("'noise'", "'noise', '(?=x)y'"), "pack/look-ahead.toml")
    with pytest.raises(RuleError) as caught:
        RuleSet("test", load_packs(tmp_path))
    assert caught.value.path == str(bad)
    assert caught.value.key == "match.any_of[1]"


def test_patterns_that_are_needed_late_are_tried_early(tmp_path: Path) -> None:
    bad = rule_file(tmp_path, GOOD.replace("[match]", "[match]\nunless = ['fine', '(']"))
    with pytest.raises(RuleError, match=r"match.unless\[1\]: RE2 does not take this pattern \(missing") as caught:
        load_packs(tmp_path)
    assert caught.value.path == str(bad)


def test_a_group_that_the_pattern_lacks_is_refused(tmp_path: Path) -> None:
    rule_file(
        tmp_path, GOOD.replace('"line"', '"swap"').replace("'line'", "'swap'").replace("[match]", "[match]\nto = '\\2'")
    )
    with pytest.raises(RuleError, match="has 0 groups"):
        load_packs(tmp_path)


def test_a_folder_of_packs_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="is no folder"):
        load_packs(tmp_path / "packs")


def test_a_pack_in_the_place_of_its_folder_is_told(tmp_path: Path) -> None:
    pack = rule_file(tmp_path, GOOD).parent
    with pytest.raises(RuleError, match=r"holds no PACK/NAME\.toml; give the folder above your packs"):
        load_packs(pack)


def test_the_patterns_of_the_builtin_rules_are_tried() -> None:
    assert load_packs() == builtin()


def test_a_pattern_that_matches_nothing_at_all_is_refused(tmp_path: Path) -> None:
    rule_file(tmp_path, GOOD.replace("'noise'", "'(?:noise)*'"))
    with pytest.raises(RuleError, match="matches an empty line"):
        RuleSet("test", load_packs(tmp_path))


def test_a_rule_set_pickles_as_its_rules() -> None:
    rules = builtin()
    again = pickle.loads(pickle.dumps(RuleSet("all", rules)))
    page = Page("<  1  2\n")
    assert again.rules == rules
    assert list(again(page)) == list(RuleSet("all", rules)(page))


@given(st.text("ab \t\u00a0\r\n中", max_size=30))
def test_lines_cover_the_text(text: str) -> None:
    page = Page(text)
    assert "".join(text[line.start : line.stop] for line in page.lines) == text
    assert len(page.folded) == len(text)
    assert all(set(text[line.end : line.stop]) <= {"\r", "\n"} for line in page.lines)
    rows = [page.data[at:].decode().split("\n")[0] for at in page.line_bytes]
    assert rows == [page.folded[line.start : line.end] for line in page.lines]
