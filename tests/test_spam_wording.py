"""A model of wording adds to the sum of a line that names a trade, and tells lines that name none; each time it says by
which words, and where the rest of the page says nothing of the kind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from cleankit.edits import apply
from cleankit.filters.spam import Spam, wording
from cleankit.filters.spam.kinds import KINDS, REMOVE, REMOVE_ODDS
from cleankit.filters.spam.score import Score, score
from cleankit.filters.spam.wording import SIZES_UNSPACED, SLOTS, Model
from cleankit.model import Span
from cleankit.page import Page

BEFORE = "The harbour office opened its new pier on Tuesday. Ferries to the islands leave every hour until dusk.\n\n"
AFTER = "\n\nWork on the pier took two years. The office expects twice as many travellers when summer starts.\n"
BEFORE_JA, AFTER_JA = (
    "港の事務所は火曜日に新しい桟橋を開いた。\n\n",
    "\n\n工事は二年かかった。夏には倍の旅客が見込まれる。\n",
)
# without the model these stay
BY_WORDING = [
    "Grab a joining reward, play rummy and ludo, instant bank payout",
    "#merle88 #merle88login #linkmerle88 #gacor #jp",
    "大人の出会い 無料掲示板 すぐ会える",
]
UNNAMED = [
    "Top up, play all night and withdraw to your bank in minutes",
    "New mirror link today: log in, top up and win every night",
    "tiap malam menang terus modal receh langsung cair ke dompet digital",
]
LINES = sorted((ROOT / "training/planted").glob("*.jsonl"))
HONEST = sorted((ROOT / "training/honest").glob("*.jsonl"))


def may_go(found: Score) -> bool:
    return found.total >= REMOVE and found.insists and not found.veto


@pytest.mark.parametrize("line", BY_WORDING)
def test_a_line_goes_by_its_wording(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = BEFORE + line + AFTER
    (finding,) = Spam()(Page(text))
    assert finding.fix is not None
    assert apply(text, [finding.fix]).replace("\n", "") == (BEFORE + AFTER).replace("\n", "")
    points, _, words = dict(finding.evidence)["wording"].partition(" ")
    assert float(points) > 0
    assert all(word in line for word in words.split(", "))
    monkeypatch.setattr(wording, "model", lambda: Model(-100, bytes(SLOTS)))
    monkeypatch.setattr(wording, "weighed", wording.weighed.__wrapped__)  # type: ignore[attr-defined]
    score.cache_clear()
    without = score(line)
    score.cache_clear()
    assert not without.has("wording")
    assert not may_go(without)


@pytest.mark.parametrize(
    "line",
    [
        "Poker, roulette, bonus: the police joined them to win the case",  # a word of news
        "Croupier, roulette and blackjack dealer",  # what names a trade says nothing, and nobody is asked in
        "Join us, win a prize, register now and claim your seat",  # no trade is named
    ],
)
def test_it_has_no_say_where_the_line_names_no_trade_asks_nobody_in_or_is_news(line: str) -> None:
    found = score(line)
    assert not found.has("wording")
    assert not may_go(found)


@pytest.mark.parametrize(
    ("before", "line", "after"),
    [(BEFORE_JA, "オンラインカジノ ボーナス", AFTER_JA), (BEFORE, "real money pokies", AFTER)],
)
def test_one_phrase_alone_goes_between_paragraphs_and_stays_among_headings(before: str, line: str, after: str) -> None:
    assert score(line).is_planted_phrase
    (finding,) = Spam()(Page(before + line + after))
    assert finding.fix is not None
    assert not [finding for finding in Spam()(Page(f"{before}News\n{line}\nTides{after}")) if finding.fix]


def test_one_word_of_news_does_not_keep_a_line_that_calls_the_reader_again_and_again() -> None:
    planted = score(
        "The police never block our casino: sign up, claim your free spins, play now and cash out in minutes"
    )
    assert planted.times("frame") == 1
    assert may_go(planted)
    for honest in (
        "The police closed the casino that told people to sign up, claim a bonus and play now",
        "The new act bans gift cards, free spins and sign-up bonuses for the customers of an online casino.",
    ):
        assert not may_go(score(honest))


def test_a_word_counts_once_and_digits_are_alike() -> None:
    assert wording.wording("spins for 917 members") == wording.wording("spins for 250 members")
    assert wording.slots("spins for members, spins for all").count(wording.slot("_spins_")) == 1
    assert wording.slots("spins for members, spins for all").count(wording.slot("spins for")) == 1


def test_of_words_that_nothing_sets_apart_the_piece_is_shown_that_says_most() -> None:
    line = "金海豚娱乐平台注册送彩金百家乐老虎机"
    shown = [line[start:end] for start, end in wording.wording(line).places]
    assert shown
    assert all(1 < len(piece) <= SIZES_UNSPACED[-1] for piece in shown)


@given(st.text(max_size=200))
def test_any_text_has_an_answer_within_it(text: str) -> None:
    odds, places, words = wording.wording(text)
    assert odds == odds  # a number
    assert len(places) <= words
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert list(places) == sorted(places)


def test_the_model_is_as_small_as_its_card_says() -> None:
    intercept, weights = wording.model()
    assert intercept < 0  # of a line of which nothing is known it says nothing bad
    assert len(weights) == SLOTS == 1 << 19
    assert wording.FILE.stat().st_size == 1 + SLOTS
    assert wording.written(wording.model()) == wording.FILE.read_bytes()


@given(st.text(max_size=60))
def test_words_weigh_what_their_pieces_weigh(text: str) -> None:
    weights = wording.model().weights
    for word in wording.words(text):
        weighed = wording.weighed(word)
        places = [wording.slot(piece) for piece in wording.pieces(word)]
        assert (weighed.weight, weighed.pieces) == (sum(weights[place] for place in places), len(places))


def test_pairs_of_words_count() -> None:
    weights = wording.model().weights
    pairs = [wording.slot(pair) for pair in ("free spins", "spins today")]
    places = wording.slots("free spins today")
    assert {*places[-2:]} == {*pairs}
    expected = wording.model().intercept + sum(weights[place] for place in places) / len(places) ** 0.5
    assert wording.wording("free spins today").odds == pytest.approx(expected / wording.UNIT)


@pytest.mark.parametrize("path", LINES, ids=lambda path: path.stem)
def test_the_lines_that_it_was_trained_on_are_there(path: Path) -> None:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert len({row["text"] for row in rows}) == len(rows) > 500
    assert {row["label"] for row in rows} == {"spam", "ham"}
    assert all(row["text"].strip() and "\n" not in row["text"] for row in rows)
    kinds = {kind.rstrip("s") for kind in KINDS} | {""}
    assert {row["kind"].rstrip("s") for row in rows} <= kinds


@pytest.mark.parametrize("path", HONEST, ids=lambda path: path.stem)
def test_the_honest_lines_that_it_was_trained_on_are_there(path: Path) -> None:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert all([*row] == ["text"] for row in rows)
    texts = [row["text"] for row in rows]
    assert len(set(texts)) == len(texts) >= 100
    assert all(text.strip() and "\n" not in text for text in texts)


@pytest.mark.parametrize("line", UNNAMED)
def test_a_line_that_names_no_trade_goes_where_the_page_is_about_something_else(line: str) -> None:
    assert not score(line).features
    text = BEFORE + line + AFTER
    (finding,) = Spam()(Page(text))
    assert finding.rule == "spam/wording"
    assert finding.fix is not None
    assert apply(text, [finding.fix]).replace("\n", "") == (BEFORE + AFTER).replace("\n", "")
    evidence = dict(finding.evidence)
    assert float(evidence["odds"]) > REMOVE_ODDS
    assert all(word in line for word in evidence["wording"].split(", "))


@pytest.mark.parametrize(
    ("before", "line", "why"),
    [
        ("", UNNAMED[0], "there is too little else"),
        (
            BEFORE + "He would play all night, withdraw at dawn and walk along the bank for minutes.\n\n",
            UNNAMED[0],
            "the same",
        ),
        (BEFORE + "You play for points and win a cup\n\n" * 2, UNNAMED[0], "other lines of that kind"),
        (BEFORE + "\n\n".join([*UNNAMED[1:], UNNAMED[1] + " again", ""]), UNNAMED[0], "other lines of that kind"),
        (BEFORE, "Top up, ‘play all night’ and «withdraw» to your bank in minutes", "quotation marks"),
        (BEFORE, "Play tonight, win tonight, withdraw tonight: police cannot block our link", "police"),
    ],
)
def test_a_line_that_names_no_trade_stays_where_something_else_speaks_for_it(before: str, line: str, why: str) -> None:
    text = before + line + (AFTER if before else "\n")
    start = text.index(line)
    assert ("spam/wording", start) not in [
        (finding.rule, finding.at.start) for finding in Spam()(Page(text)) if isinstance(finding.at, Span)
    ]
    held = [near.held for near in Spam().near(Page(text), start, start + len(line)) if near.rule == "spam/wording"]
    assert [one for one in held if why in one], held


def test_planted_lines_beside_one_another_go_together() -> None:
    text = BEFORE + "\n".join(UNNAMED) + AFTER
    fixes = sorted((found.fix for found in Spam()(Page(text)) if found.fix), key=lambda edit: edit.start)
    assert apply(text, fixes).replace("\n", "") == (BEFORE + AFTER).replace("\n", "")


def test_gate_and_model_agree_in_every_spelling() -> None:
    for line in [*UNNAMED, "¡Recarga, juega toda la noche y retira a tu banco!", "存款秒到账，天天返利，点击领取"]:
        words = wording.words(line.lower())
        weighed = [wording.weighed(word) for word in {*words}]
        total, pieces = sum(word.weight for word in weighed), sum(word.pieces for word in weighed)
        whole = (wording.model().intercept + total / pieces**0.5) / wording.UNIT
        assert wording.quick_odds(line.lower()) == pytest.approx(whole)
