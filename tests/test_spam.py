"""Planted gambling lines go, in any language and any disguise; whatever only speaks of gambling stays."""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleankit import recipe
from cleankit.api import check, clean
from cleankit.config import Choice
from cleankit.edits import apply
from cleankit.errors import RuleError
from cleankit.filters.spam import Spam, gate
from cleankit.filters.spam import fold as module
from cleankit.filters.spam.fold import fold
from cleankit.filters.spam.lexicon import lexicon
from cleankit.filters.spam.score import ALL, score
from cleankit.filters.spam.terms import COMMON, read_cases, read_terms, term_files
from cleankit.model import Document, Finding, Safety
from cleankit.page import Page
from cleankit.pipeline import Pipeline, Stage

BEFORE = "The harbour office opened its new pier on Tuesday. Ferries to the islands leave every hour until dusk."
AFTER = "Work on the pier took two years. The office expects twice as many travellers when the summer season starts."
HOME = {
    "zh": (
        "港务局的新码头于星期二正式启用，开往各岛的渡轮每小时一班，直到傍晚为止。",
        "码头工程历时两年，港务局预计夏季到来之后乘客将会增加一倍，届时还要加开夜班渡轮。",
    ),
    "de": (
        "Das Hafenamt hat am Dienstag den neuen Anleger eröffnet, und die Fähren fahren nun jede Stunde.",
        "Die Arbeiten an dem Anleger dauerten zwei Jahre, im Sommer werden doppelt so viele Gäste erwartet.",
    ),
}
SPAM = [(path.parent.name, path.stem, line) for path in term_files() for line in read_cases(path)["spam"]]
CLEAN = [(path.stem, line) for path in term_files() for line in read_cases(path)["clean"]]


def page_of(*lines: str, around: tuple[str, str] = (BEFORE, AFTER)) -> str:
    return "\n\n".join((around[0], *lines, around[1])) + "\n"


def look(text: str) -> list[Finding]:
    return list(Spam()(Page(text)))


def cleaned(text: str) -> str:
    return apply(text, sorted((f.fix for f in look(text) if f.fix), key=lambda edit: edit.start))


def is_removed(line: str, around: tuple[str, str] = (BEFORE, AFTER)) -> bool:
    return cleaned(page_of(line, around=around)) == page_of("", around=around).replace("\n\n\n\n", "\n\n\n")


@pytest.mark.parametrize(("kind", "lang", "line"), SPAM)
def test_planted_line_goes_out_of_an_english_page(kind: str, lang: str, line: str) -> None:
    text = page_of(line)
    (finding,) = [f for f in look(text) if f.fix]
    assert kind in (COMMON, finding.rule.removeprefix("spam/"))
    assert finding.safety is Safety.SAFE
    assert finding.fix is not None
    assert finding.fix.old == line + "\n"
    assert look(cleaned(text)) == []


@pytest.mark.parametrize(("lang", "line"), CLEAN)
def test_honest_line_is_not_even_reported(lang: str, line: str) -> None:
    for around in ((BEFORE, AFTER), HOME.get(lang, (BEFORE, AFTER))):
        assert look(page_of(line, around=around)) == []


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("𝐒𝐋𝐎𝐓 𝐆𝐀𝐂𝐎𝐑 𝐋𝐎𝐓𝐔𝐒𝟕𝟕 daftar sekarang", id="mathematical letters"),
        pytest.param("ＯＮＬＩＮＥ ＣＡＳＩＮＯ ｂｏｎｕｓ sign up", id="full-width letters"),
        pytest.param("🅲🅰🆂🅸🅽🅾 🅱🅾🅽🆄🆂 play now", id="squared letters"),
        pytest.param("🇸🇱🇴🇹 🇬🇦🇨🇴🇷 login", id="regional letters"),
        pytest.param("C A S I N O  B O N U S register now", id="spaced letters"),
        pytest.param("К А З И Н О  Б О Н У С", id="spaced Cyrillic letters"),
        pytest.param("c.a.s.i.n.o b.o.n.u.s register now", id="dotted letters"),
        pytest.param("онлайн к.а.з.и.н.о рабочее зеркало", id="dotted Cyrillic letters"),
        pytest.param("on\u200bline cas\u200bino bonus: join now", id="zero-width spaces"),
        pytest.param("Оnlіnе саsіnо bonus: sign up and рlау now", id="Cyrillic look-alikes in Latin words"),
        pytest.param("Oнлaйн кaзинo, бoнус зa рeгиcтрaцию", id="Latin look-alikes in Cyrillic words"),
        pytest.param("c̲a̲s̲i̲n̲o̲ b̲o̲n̲u̲s̲ join now", id="underlined letters"),
        pytest.param("0nline cas1no b0nus - j0in now", id="digits for letters"),
        pytest.param("0zempic without prescription, discreet shipping", id="a digit for the first letter"),
        pytest.param("كـ ا ز يـ نـ و اون لاين سجل الان", id="spaced Arabic with strokes"),
        pytest.param("博 彩 平 台 开 户 送 体 验 金", id="spaced Chinese"),
        pytest.param("百*家*乐 真*人*荷*官 注册", id="Chinese with stars"),
        pytest.param("線上娛樂城註冊即送體驗金", id="traditional Chinese"),
        pytest.param("ㅋㅏㅈㅣㄴㅗ ㅂㅏㅋㅏㄹㅏ 추천 바로가기", id="Korean letter by letter"),
        pytest.param("카ㅈ1노 사ㅇ1트 추천", id="Korean with digits for vowels"),
        pytest.param("my loan is paid back, thank you 𝐇𝐄𝐑𝐎𝐍 𝟖𝟖", id="a name and its number drawn"),
        pytest.param("ѕuре mеnаng dі ОTTЕR88 tіар mаlаm", id="a name in a line of look-alikes"),
        pytest.param("ｋａｓｉｎｏ 카\u200b지\u200b노사이트 가입쿠폰 바로가기", id="zero-width in Korean"),
    ],
)
def test_disguised_line_goes(line: str) -> None:
    assert is_removed(line)


@pytest.mark.parametrize(
    "line",
    [
        "At 4:30 P.M. EDT the U.S.A. team met the press.",
        "Kumar Ostrander <r.kumar@mail.harbour.example>",
        "Kasino, Lotte <lotte.kasino@uni.example>",
        "W E L C O M E",
        "C O N T E N T S",
        "F I E S T A S   D E L   B A R R I O   2 0 3 2   Programa de la semana",
        "姓 名 单 位 职 务",
        "The e-mail went to h3llo and to w0rld, said the B2B desk.",
        "𝗕𝗿𝗲𝗮𝗸𝗶𝗻𝗴: the ferry timetable for spring",
        "🇳🇴🇸🇪🇩🇰 Nordic council",
        "We meet on 𝐉𝐮𝐧𝐞 𝟏𝟐 at the old harbour",
        "Please bring your own 𝗹𝘂𝗻𝗰𝗵 to the pier on Saturday",
        "The new o\u200br\u200bg\u200ba\u200bn is played for the first time on Sunday",
        "ㅋㅋㅋㅋ ㅠㅠ 그날 항구에서 만나요",
        "The emoji 👩‍🔬 and 👨‍👩‍👧 are joined by an invisible sign.",
        "می‌خواهم به خانه بروم",
        "① Opening ② Statements ③ Questions",
        "The word сhurch has one Cyrillic letter.",
        "ＡＢＣ株式会社 ＦＡＸ ０３",
    ],
)
def test_honest_decoration_is_not_reported(line: str) -> None:
    assert look(page_of(line)) == []


@pytest.mark.parametrize(
    "line",
    [
        "Ellmouth town hall - Heron casino login: free spins, welcome bonus, register now",
        "关于停水的通知_苍鹭娱乐官网注册送彩金_苍鹭娱乐最新网址",
    ],
)
def test_a_planted_title_may_begin_with_the_name_of_a_site(line: str) -> None:
    assert is_removed(line)


@pytest.mark.parametrize(
    "line",
    [
        "Food office warns about male enhancement products sold at gas stations",
        "Striker banned for eight months after bets on his own games",
        "Town council debates online casino bonus ban for residents",
    ],
)
def test_headlines_that_end_in_the_words_of_a_trade_stay_whole(line: str) -> None:
    assert line in clean(page_of(line))


def test_a_name_strewn_with_invisible_characters_is_told_before_they_go() -> None:
    name = "\u200b".join("Otterel88")
    text = page_of(f"Thank you all! Since {name} I pay my rent with one evening a week, try it")
    assert "rent" not in clean(text)
    assert "spam/hidden-name" in {finding.rule for finding in check(text)}


def test_strewn_names_can_be_looked_for_by_themselves() -> None:
    name = "\u200b".join("Otterel88")
    text = page_of(f"Thank you all! Since {name} I pay my rent with one evening a week, try it")
    outcome = recipe.build(Choice(select=("spam/hidden-name",))).run(Document("page", text))
    assert "rent" not in outcome.result.text


def test_one_strewn_name_alone_takes_no_line_away() -> None:
    name = "\u200b".join("organ")
    assert "is played" in clean(page_of(f"The new {name} is played for the first time on Sunday"))


@pytest.mark.parametrize(
    "line",
    [
        "It is better to talk between sessions; Betrieb and betterment are other words.",
        "Enak banget, bandar udara itu luas.",
        "Each speaker has a time slot, and the next slot is at noon.",
        "Reporters asked about the slot car museum and about Monte Carlo.",
        "体育 财经 彩票 汽车",
        "首页 新闻 彩票 登录 注册",
        "Home Politics Lottery Weather Log in Register",
        "警方通报：打击整治网络赌博，捣毁博彩平台三个，涉案资金两亿元",
        "Polisi menangkap bandar judi slot online dan memblokir situs togel.",
        "Police raided an online casino that offered free spins and a sign-up bonus, the ministry said.",
        "The tax on online slots and live casino games will rise to 40 percent, according to the Treasury.",
        "Online casino, free spins, sign up: how a regulator reads the small print, said the commissioner.",
        "Slots available: register now and book your place online.",
        "Slot terbatas, daftar sekarang! Webinar gratis, link di bio",
        "Lottery results: official website, login, jackpot this week",
        "Stadium named after a bookmaker, betting odds and free bets: a preview of the match in the north",
        "Responsible gambling: free helpline, sign up to self-exclusion",
        "Police: illegal casinos shut | Online casino bosses held | Log in | Register",
        "Ставки по депозитам: лучшие вклады, регистрация, личный кабинет",
        "Çevrim içi kayıt, güncel duyurular, üye ol",
        "안전한 놀이터 추천, 무료 이벤트 안내",
        "配当利回りランキング 証券口座開設 無料",
        "网上分享 最新 下载 注册",
        "体育彩票 开奖公告 中奖号码 官方网站 注册",
        "电子线路 课程 注册 登录 下载",
        "دورات مجانية: سجل الآن، تحميل الشهادة",
        "เครดิตเงินคืน ฟรี สมัครวันนี้ คลิก",
        "Visites et tours gratuits à Paris : inscription en ligne",
        "Kombi günstig, jetzt anmelden, gratis Probefahrt",
        "彩票\u200b公益金",
        "赌\u200b场 酒店 彩票 公园",
        "Новое кaзино",
        "C A S I N O  D E  L A  V I L L E",
        "棋 牌 活 动 室",
        "Подпольное кaзино закрыли в пятницу вечером",  # one Latin letter, a slip of the keyboard
        "澳门赌场复业 博彩股领涨",
        "国家反诈中心app下载注册 网络赌博 虚假投资",
        "Waspada situs judi online berkedok game, daftar dan link phishing",
        "Игорные зоны: казино, рулетка, покер – обзор закона",
        "Yasa dışı bahis sitelerine erişim engeli, üyelik ve giriş bilgileri çalındı",
        "불법 스포츠토토 신고 포상금, 카지노 사이트 차단",
        "ギャンブル依存症 オンラインカジノ 無料相談 登録不要",
        "Wetten und Glücksspiel: Hilfe bei Spielsucht, kostenlos, jetzt anmelden",
        "Cảnh báo link cá cược lừa đảo, không đăng nhập, không nạp tiền",
        "شرطة المدينة تحذر من مواقع المراهنات وروابط التسجيل",
        "Thank you.",
        "Qi Li:",
        "Lottery Times:",
    ],
)
def test_prototype_mistakes_stay_mended(line: str) -> None:
    for around in ((BEFORE, AFTER), *HOME.values()):
        assert [f for f in look(page_of(line, around=around)) if f.fix] == []


@pytest.mark.parametrize(
    "line",
    [
        "Heron Casino: official site, login and sign-up bonus | Ministry of Soil Science",
        "Ottercasino login: play online slots, free spins – Police Academy of Northcape",
        "OtterBet: Official Site, Login, Register and App | Ministry of Soil Science",
        "heronbet bonusOtterbet appQuillbet codeRiverslots",
    ],
)
def test_the_title_of_a_planted_page_goes(line: str) -> None:
    assert is_removed(line)


@pytest.mark.parametrize(
    "line",
    [
        "Casino licence: the way to sign up | Ministry of the Interior",
        "Sponsors of the regatta: Heronbet, Otterbet and Quillbet",
        "Online casino bonus under review, says the regulator | Northcape Gazette",
        "How to play blackjack",
    ],
)
def test_the_title_of_an_honest_page_stays(line: str) -> None:
    assert [f for f in look(page_of(line)) if f.fix] == []


@pytest.mark.parametrize("line", ["ruleta, blackjack: bono", "viagra tadalafil harga diskon"])
def test_the_subject_twice_and_a_call_in_a_bare_list_go(line: str) -> None:
    assert is_removed(line)


@pytest.mark.parametrize(
    "line", ["Kasino: rolet dan bakarat", "Stellenangebot: Croupier für Roulette, Blackjack", "viagra, tadalafil"]
)
def test_the_subject_twice_in_a_list_that_asks_nobody_in_stays(line: str) -> None:
    assert [f for f in look(page_of(line)) if f.fix] == []


def test_a_sentence_in_a_paragraph_is_cut_out_of_it() -> None:
    first = "The council thanked all the people who had helped to build the pier."
    last = "The work took two years, and the harbour master said that ferries leave every hour."
    for planted in (
        "Play the best online casino slots with free spins and claim your welcome bonus now!",
        "Cheap viagra online without prescription, buy generic cialis now.",
    ):
        assert cleaned(page_of(f"{first} {planted} {last}")) == page_of(f"{first} {last}")
        assert cleaned(page_of(f"{planted} {first} {last}")) == page_of(f"{first} {last}")
    for honest in (
        "Police raided an online casino that offered free spins.",
        "The casino bonus is taxed at 40 percent.",
        'The leaflet read: "Best online casino: free spins, no deposit bonus, register now." Police took it away.',
    ):
        assert cleaned(page_of(f"{first} {honest} {last}")) == page_of(f"{first} {honest} {last}")


def test_what_is_glued_to_an_honest_line_is_cut_out_of_it() -> None:
    footer = "© 2031 Harbour Office of Northcape. All rights reserved."
    assert cleaned(page_of(f"{footer} online casino free spins no deposit bonus")) == page_of(footer)
    sentence = "The council thanked all the people who had helped to build the new pier in the harbour."
    assert cleaned(page_of(f"{sentence}百家乐在线开户 真人荷官注册送彩金 老虎机")) == page_of(sentence)


def test_a_sentence_is_not_cut_in_two() -> None:
    for line in (
        "The new act bans gift cards, free spins and sign-up bonuses for the customers of an online casino.",
        "Ministers talked about harbours, online casino bonuses and free spins without deposit.",
    ):
        assert [f for f in look(page_of(line)) if f.fix] == []


def test_one_phrase_alone_may_head_a_column_at_home() -> None:
    for line in ("Race days: betting offers, free bets, tips and results", "Online Casinos", "Betting Sites"):
        assert [f for f in look(page_of(line)) if f.fix] == []


def test_a_page_that_speaks_about_gambling_at_home_is_let_alone() -> None:
    around = HOME["zh"]
    for line in ("澳门博彩收入上升，赌场复业", "彩票销售网点今起恢复营业", "体彩开奖：双色球头奖两注"):
        assert [f for f in look(page_of(line, around=around)) if f.fix] == []


def test_block_is_taken_whole_and_its_honest_neighbour_is_not() -> None:
    block = ["金海豚娱乐登录 真人荷官在线开户", "棋牌 赔率", "银杏百家乐网址 老虎机试玩"]
    text = page_of("/5    Group photo") + "\n".join(block)
    assert cleaned(text) == page_of("/5    Group photo")
    assert ("grown", "stands beside a planted line") in [pair for f in look(text) for pair in f.evidence]


def test_the_evidence_adds_up_to_the_score() -> None:
    (finding,) = look(page_of("Golden Heron Online Casino | 200 Free Spins | Sign Up Bonus | Play Now"))
    (_, total), *features = finding.evidence
    assert float(total) == pytest.approx(sum(float(value.split()[0]) for _, value in features))
    assert "Free Spins" in dict(features)["strong"]


def test_a_page_of_nothing_but_spam_is_flagged_and_not_emptied() -> None:
    text = "".join(line + "\n" for *_, line in SPAM[:12])
    found = look(text)
    assert cleaned(text) == text
    assert found[0].rule == "spam/hijacked-page"
    assert (found[0].at.start, found[0].at.end) == (0, len(text))  # type: ignore[union-attr]
    assert {f.safety for f in found} == {Safety.FLAG}


def test_a_line_of_ten_thousand_words_is_read_by_density_and_in_time() -> None:
    words = "the harbour and the casino are on the quay where ferries land and people register "
    line = words * 700
    start = time.process_time()
    assert look(page_of(line)) == []
    assert time.process_time() - start < 5  # half a second on an idle core
    assert not score(line).is_removable or score(line).total < 0


def test_crlf_line_goes_with_its_line_end() -> None:
    text = page_of(SPAM[0][-1]).replace("\n", "\r\n")
    finding = next(f for f in look(text) if f.fix)
    assert finding.fix is not None
    assert finding.fix.old.endswith("\r\n")


def test_every_example_passes_the_gate() -> None:
    for *_, line in SPAM:
        assert [*gate.look(Page(page_of(line))).named] == [2], line


def test_every_term_passes_the_gate() -> None:
    words = lexicon(ALL)
    terms = []
    for path in term_files():
        entries, compounds = read_terms(path)
        terms += [entry.text for entry in entries]
        terms += [part.heads[0] + part.tails[-1] for part in compounds]
        terms += [part.heads[-1] + part.tails[0] for part in compounds]
    lines = [text.replace("*", "").replace("#", "$50") for text in dict.fromkeys(terms)]
    # what one language calls a term may be an everyday word of another
    named = [line for line in lines if [hit.tier for hit in words.find(fold(line).text)] in (["strong"], ["topic"])]
    assert len(named) > 10_000
    page = Page("\n".join(named))
    passed = set(gate.look(page).named)
    assert [line for number, line in enumerate(named) if number not in passed] == []


def test_arabic_is_read_with_and_without_vowel_signs_and_hamza() -> None:
    for line in ("أفضل كازينو أونلاين", "افضل كازينو اونلاين", "أَفْضَل كـــازينو أونلاين"):
        assert fold(line).text == "افضل كازينو اونلاين"


def test_languages_agree_on_what_names_a_trade() -> None:
    tiers: dict[str, dict[str, list[str]]] = {}
    for path in term_files():
        for entry in read_terms(path)[0]:
            if entry.tier != "function":
                tiers.setdefault(entry.text, {}).setdefault(entry.tier, []).append(f"{entry.kind}/{entry.lang}")
    # the mildest would count for all of them, unseen
    assert {text: by for text, by in tiers.items() if len(by) > 1 and {"strong", "topic"} & set(by)} == {}


def test_the_gate_lets_nothing_through_that_holds_no_term() -> None:
    assert [*gate.look(Page(page_of("better between", "Betrieb", "bandana", "P.M. EDT", "Zusammenarbeit"))).named] == []


def test_most_lines_are_folded_letter_by_letter_and_come_to_the_same() -> None:
    letters = [char for char in map(chr, range(0x20, 0x10000)) if module.is_plain(char)]
    assert len(letters) > 39_000
    for char in letters:
        line = f"a{char}年x{char}"
        assert module.plain(line) == module.by_characters(line), char


def test_the_filter_pickles() -> None:
    assert pickle.loads(pickle.dumps(Spam())).name == "spam"


def test_folding_knows_where_each_character_stood() -> None:
    line = "x 𝐒𝐋𝐎𝐓 c а s i n o"
    folded = fold(line)
    assert folded.text == "x slot casino"
    assert folded.original(2, 6) == "𝐒𝐋𝐎𝐓"
    assert folded.original(7, 13) == "c а s i n o"


def test_the_lexicon_works_without_brands(tmp_path: Path) -> None:
    brands = {entry.text for path in term_files() if path.stem == "brands" for entry in read_terms(path)[0]}
    others = {entry.text for path in term_files() if path.stem != "brands" for entry in read_terms(path)[0]}
    assert brands
    assert not brands & others


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("strong = 'x'", "strong"),
        ("strnog = ['casino bonus']", "strnog"),
        ("topic = ['x']", "topic[0]"),
        ("[[compound]]\nheads = ['a']", "compound[0]"),
        ("strong = [", ""),
    ],
)
def test_a_bad_term_file_is_named_with_its_key(tmp_path: Path, text: str, key: str) -> None:
    path = tmp_path / "xx.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        read_terms(path)
    assert caught.value.path == str(path)
    assert caught.value.key == key


SQUARED = {chr(97 + i): chr(0x1F130 + i) for i in range(26)}
REGIONAL = {chr(97 + i): chr(0x1F1E6 + i) for i in range(26)}
BOLD = {chr(97 + i): chr(0x1D41A + i) for i in range(26)}
WIDE = {chr(33 + i): chr(0xFF01 + i) for i in range(94)}
LOOK_ALIKES = dict(zip("aeocpxyi", "аеосрхуі", strict=True))
DIGITS = {"o": "0", "i": "1", "e": "3", "a": "4", "s": "5"}


def _in(table: dict[str, str]) -> Callable[[str], str]:
    return lambda line: "".join(table.get(char, char) for char in line.lower())


def _between(sign: str) -> Callable[[str], str]:
    def disguised(line: str) -> str:
        return "".join(
            char + sign if char.isalpha() and line[i + 1 : i + 2].isalpha() else char for i, char in enumerate(line)
        )

    return disguised


def _apart(line: str) -> str:
    return "  ".join(" ".join(word) for word in line.split())


# each as strangers do it, to all letters that the disguise is made for
DISGUISES: dict[str, Callable[[str], str]] = {
    "mathematical": _in(BOLD),
    "full-width": _in(WIDE),
    "squared": _in(SQUARED),
    "regional": _in(REGIONAL),
    "look-alikes": _in(LOOK_ALIKES),
    "zero-width": _between("\u200b"),
    "apart": _apart,
    "digits": _in(DIGITS),
    "underlined": lambda line: "".join(char + "\u0332" if char.isalpha() else char for char in line),
    "dotted": _between("."),
}


def _makes_sense(disguise: str, line: str) -> bool:
    """Whether a disguise changes a line, and leaves something that a reader can make out."""
    letters = [char for char in line if char.isalpha()]
    latin = sum(char.isascii() for char in letters) >= len(letters) / 2
    if disguise in ("apart", "dotted", "zero-width", "underlined"):
        # Arabic letters are joined to one another, and Thai and Vietnamese ones carry signs of their own
        return disguise == "underlined" or not any("\u0600" <= char <= "\u0eff" for char in letters)
    return latin and DISGUISES[disguise](line) != line


@pytest.mark.parametrize("disguise", DISGUISES)
def test_nine_in_ten_lines_stay_caught_in_a_disguise(disguise: str) -> None:
    lines = [line for *_, line in SPAM if _makes_sense(disguise, line)]
    assert len(lines) > 100
    kept = [line for line in lines if not [f for f in look(page_of(DISGUISES[disguise](line))) if f.fix]]
    assert len(kept) <= len(lines) / 10, kept


# news of the trades, what it says of their advertising, and offers of hotels, halls and banks
HONEST = (Path(__file__).parent / "honest_about_trades.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", HONEST)
def test_what_news_and_honest_firms_say_of_the_trades_stays(line: str) -> None:
    assert [f for f in look(page_of(line)) if f.fix] == []


PIECES = [
    *(
        "casino",
        "online casino",
        "真人荷官",
        "开户",
        "free spins",
        "sign up",
        "police said",
        "彩票",
        "สล็อต",
        "카지노",
        "bonus77",
    ),
    *(" ", "\n", "\r\n", "\u00a0", "\u200b", "\u0332", ".", "。", "|", "0", "а", "ส", "ำ", "İ", "ß", "ﬁ", "🇸", "ا"),
    *("𝐒𝐋𝐎𝐓", "c a s i n o", "the ferry left on time and nobody was hurt in the harbour.\n"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=300)
def test_laws_hold_on_random_text(text: str) -> None:
    pipeline = Pipeline((Stage("spam", (Spam(),)),))
    once = pipeline.run(Document("random", text))
    assert pipeline.run(Document("random", once.result.text)).result.text == once.result.text
    page = Page(text)
    passed = set(gate.look(page).named)
    for number in set(range(len(page.lines))) - passed:
        assert not score(page.line_text(number)).has("strong", "topic"), page.line_text(number)
    folded = fold(text)
    assert len(folded.text) == len(folded.start) == len(folded.end) == len(folded.how)
    assert folded.start == sorted(folded.start)
    for hit in lexicon(ALL).find(folded.text):
        assert folded.original(hit.start, hit.end)
