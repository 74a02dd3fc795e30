"""A choice of rules is obeyed to the letter, whatever makes the findings, and what is left still obeys the laws."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import SEEDS

from cleankit import recipe
from cleankit.config import Choice
from cleankit.errors import RuleError, UnknownRule
from cleankit.model import Document, Safety

PAGES = sorted((SEEDS / "dirty").glob("*.txt"))
RULES = [about.rule for about in recipe.abouts()]
PACKS = sorted({rule.partition("/")[0] for rule in RULES})


def document(path: Path) -> Document:
    return Document(path.stem, path.read_bytes().decode("utf-8-sig"))


@pytest.mark.parametrize("pack", PACKS)
def test_a_pack_alone_and_all_but_that_pack(pack: str) -> None:
    only, others = recipe.build(Choice(select=(pack,))), recipe.build(Choice(ignore=(pack,)))
    for page in map(document, PAGES):
        assert {finding.rule.partition("/")[0] for finding in only.run(page).findings} <= {pack}
        rest = others.run(page)
        assert pack not in {finding.rule.partition("/")[0] for finding in rest.findings}
        for pipeline in (only, others):
            once = pipeline.run(page).result
            assert pipeline.run(once).result.text == once.text


def test_the_rules_of_one_filter_are_chosen_one_by_one() -> None:
    text = "The floor is open. \n\n\n\nThank you.\n"
    assert recipe.build(Choice(select=("space/trailing-blanks",))).run(Document("a", text)).result.text == (
        "The floor is open.\n\n\n\nThank you.\n"
    )
    assert recipe.build(Choice(ignore=("space/trailing-blanks",))).run(Document("a", text)).result.text == (
        "The floor is open. \n\nThank you.\n"
    )


def test_a_choice_says_all_there_is_to_say() -> None:
    assert recipe.build(Choice()) is recipe.build(Choice())
    assert recipe.build(Choice(profile="off")).stages == ()
    few = Choice(select=("space", "nav/pager"), apply=Safety.SUGGESTED)
    copy = pickle.loads(pickle.dumps(recipe.build(few)))
    for page in map(document, PAGES):
        assert copy.run(page) == recipe.build(few).run(page)


def test_a_stage_without_a_wanted_rule_is_left_out() -> None:
    assert [stage.name for stage in recipe.build(Choice(select=("space/blank-lines",))).stages] == ["white-space"]


@pytest.mark.parametrize("key", ["select", "extend_select", "ignore"])
def test_names_that_mean_nothing_are_told(key: str) -> None:
    with pytest.raises(UnknownRule, match="did you mean nav/pager") as error:
        recipe.build(replace(Choice(), **{key: ("nav/pagr",)}))
    assert (error.value.key, error.value.name) == (key.replace("_", "-"), "nav/pagr")


def test_a_pack_of_ones_own_stands_beside_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = next(Path(rule.path) for rule in recipe.rules() if rule.id == "widgets/age-notice")
    for pack in ("own", "other"):
        (tmp_path / pack / "own").mkdir(parents=True)
        (tmp_path / pack / "own" / "top.toml").write_bytes(source.read_bytes())
    choice = Choice(packs=(str(tmp_path / "own"),))
    assert {about.rule for about in recipe.abouts(choice)} - set(RULES) == {"own/top"}
    monkeypatch.chdir(tmp_path / "own")
    assert recipe.rules(Choice(packs=("../other",)))
    monkeypatch.chdir(tmp_path / "own" / "own")
    with pytest.raises(RuleError, match="is no folder"):
        recipe.rules(Choice(packs=("../other",)))
    assert recipe.build(choice) is not recipe.build(Choice())
    with pytest.raises(RuleError, match=r"other.own.top\.toml: .*own.own.top\.toml; rename the file"):
        recipe.build(Choice(packs=(str(tmp_path / "own"), str(tmp_path / "other"))))
    with pytest.raises(RuleError, match="is no folder"):
        recipe.build(Choice(packs=(str(tmp_path / "gone"),)))
