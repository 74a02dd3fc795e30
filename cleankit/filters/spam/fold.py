"""A normalised copy of a line in which disguised words can be read, each character knowing where it came from.

Only the copy is folded; what is removed is always the original line. `how` tells for each character of the copy what
had to be undone to read it, so that a word counts as disguised only where something was hidden.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from cleankit.lazy import expression

STYLED, HIDDEN, STRUCK, SPACED, LOOK_ALIKE, LEET = "styled", "zero-width", "struck", "spaced", "look-alike", "leet"

# ZERO WIDTH SPACE, NON-JOINER, JOINER, WORD JOINER, BYTE ORDER MARK, COMBINING GRAPHEME JOINER, the two direction marks
ZERO_WIDTH = frozenset("\u200b\u200c\u200d\u2060\ufeff\u034f\u200e\u200f")
# soft hyphens and variation selectors stand in honest words and emoji: dropped, never counted
_DROPPED = frozenset(["\u00ad", *map(chr, range(0xFE00, 0xFE10))])
# overlines, underlines and strokes drawn through letters; marks of Thai, Arabic and Indic scripts are not among them
_STRUCK = frozenset("\u0305\u0332\u0333\u0334\u0335\u0336\u0337\u0338\u033f\u0347\u035f\u20d2\u20dd\u20de\u20e0\u20e3")

# NFKC folds none of these: squared letters, circled and squared ones in negative, regional indicators, small capitals
_OWN = {
    **{chr(base + i): chr(97 + i) for base in (0x1F130, 0x1F150, 0x1F170, 0x1F1E6) for i in range(26)},
    **dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz", strict=True)),
}
# honest one by one: a flag is two regional indicators, phonetics uses small capitals
_HONEST_ALONE = frozenset([*map(chr, range(0x1F1E6, 0x1F200)), *"ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ"])
_FULL_WIDTH = expression(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_CJK = expression(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

# Traditional (and Japanese) characters of this vocabulary and of the news about it, so that one spelling serves both.
_ONE_HAN = str.maketrans(
    "賭場錢樂龍賽車電遊戲體競輪盤機莊閒開戶註冊會員領驗網線專業國際門號運動點擊載應無紅頂級證檢緝處罰詐騙報偵據稱說嚴"
    "為這們與對從優惠儲値值贏獎獲馬買賣財產實現費廣東澳彩億萬營稅額條規範違辦議專區長記談學訊視頻華豐環亞錄録録単単"
    "資質億銀鑽聯繫係臺灣図収益転売対戦娯楽経済関発両検挙捜査処"
    "娛賠籌碼轉發禮贈團預測術聞單雙組織調魚鬥來勝負滾選匯換頁舉參歡臨審經濟過還進達遠銷鐵關險頭風飛館計劃導幣鏈",
    "赌场钱乐龙赛车电游戏体竞轮盘机庄闲开户注册会员领验网线专业国际门号运动点击载应无红顶级证检缉处罚诈骗报侦据称说严"
    "为这们与对从优惠储值值赢奖获马买卖财产实现费广东澳彩亿万营税额条规范违办议专区长记谈学讯视频华丰环亚录录录单单"
    "资质亿银钻联系系台湾图收益转卖对战娱乐经济关发两检举搜查处"
    "娱赔筹码转发礼赠团预测术闻单双组织调鱼斗来胜负滚选汇换页举参欢临审经济过还进达远销铁关险头风飞馆计划导币链",
)
_TO_LATIN = dict(zip("аеорсхукмтнвіѕјёԁһգαβεηικνορτυχωγ", "aeopcxykmthbisjedhgabenikvoptuxwy", strict=True))
_TO_CYRILLIC = dict(zip("aeopcxykmthbi", "аеорсхукмтнві", strict=True))
_LEET = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s"}
_LEET_CYRILLIC = {"0": "о", "1": "и", "3": "з", "4": "ч", "6": "б", "@": "а"}

# four single letters or digits with the same sign between them: `P.M. EDT` and `U.S.A.` are shorter
_ONE = r"[^\W_][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*"
_SPACED = expression(rf"(?<![^\W_]){_ONE}(?P<gap>[ ._\-|*·•~/]{{1,2}}){_ONE}(?:(?P=gap){_ONE}){{2,}}(?![^\W_])")
# once a line is dotted through like this, its short words are too
_DOTTED = expression(rf"(?<![^\W_]){_ONE}(?P<gap>[._\-|*·•~/]){_ONE}(?:(?P=gap){_ONE})*(?![^\W_])")
# of Chinese, Japanese and Korean characters three will do; a plain blank between them is also how tables are set
_SPACED_CJK = expression(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af](?:[ ._\-|*·•~/+、]{1,2}[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]){2,}"
    r"(?![\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])"
)
_GAPS = frozenset(" ._-|*·•~/+、")
LONGEST_SPACED = 20_000  # a line beyond this is a text without line ends, not a disguised brand
_TOKEN = expression(r"[^\W\d_]{2,}")
_MIXED = expression(r"[a-z][\u0370-\u052f]|[\u0370-\u052f][a-z]")
# the sign of an e-mail address is no letter: Kumar and Casino are people's names too
_DIGIT_IN_WORD = expression(r"(?<=[a-z])(?:[013457$]|@(?![a-z0-9-]{1,63}\.[a-z]))(?=[a-z])|(?<=[a-z]{3})0(?![0-9a-z])")
_DIGIT_IN_CYRILLIC = expression(r"(?<=[а-яё])[01346@](?=[а-яё])|(?<=[а-яё]{3})0(?![0-9а-яё])|(?<![\w@])0(?=[а-яё]{2})")


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is the copy; character i of it stands for `source[start[i]:end[i]]`."""

    source: str
    text: str
    start: list[int]
    end: list[int]
    how: list[str]

    def original(self, start: int, end: int) -> str:
        """What a stretch of the copy looked like."""
        return self.source[self.start[start] : self.end[end - 1]]

    def undone(self, start: int, end: int) -> set[str]:
        """What had to be undone to read a stretch of the copy."""
        return set(self.how[start:end]) - {""}

    def replaced(self, spans: list[tuple[int, int, str]], how: str) -> Folded:
        """With each (start, end, new) put in; `new` is no longer than what it stands for, or empty."""
        if not spans:
            return self
        text: list[str] = []
        start: list[int] = []
        end: list[int] = []
        marks: list[str] = []
        at = 0
        for a, b, new in [*spans, (len(self.text), len(self.text), "")]:
            text.append(self.text[at:a])
            start += self.start[at:a]
            end += self.end[at:a]
            marks += self.how[at:a]
            text.append(new)
            start += self.start[a : a + len(new)]
            end += self.end[a : a + len(new)]
            marks += [how] * len(new)
            at = b
        return Folded(self.source, "".join(text), start, end, marks)


def fold(line: str) -> Folded:
    """The readable copy of a line.

    >>> fold("𝐒𝐋𝐎𝐓 c а s i n o").text
    'slot casino'
    """
    folded = _plain(line) if line.isascii() else _characters(line)
    folded = _despaced(folded)
    if not line.isascii() and _MIXED.search(folded.text):
        folded = folded.replaced([*_look_alikes(folded.text)], LOOK_ALIKE)
    for pattern, letters in ((_DIGIT_IN_WORD, _LEET), (_DIGIT_IN_CYRILLIC, _LEET_CYRILLIC)):
        folded = folded.replaced([(*m.span(), letters[m[0]]) for m in pattern.finditer(folded.text)], LEET)
    return folded


def term_form(term: str) -> str:
    """The spelling under which a term of the lexicon is looked for."""
    return (term.lower() if term.isascii() else _characters(term).text).strip()


def spellings(char: str) -> str:
    """A Chinese character with those that fold to the same one."""
    one = char.translate(_ONE_HAN)
    return one + "".join(chr(key) for key, value in _ONE_HAN.items() if value == ord(one) != key)


def is_unspaced(char: str) -> bool:
    """Whether a letter belongs to a script written without blanks between words, or with endings glued on (Korean)."""
    return "\u0e00" <= char <= "\u0eff" or "\u1780" <= char <= "\u17ff" or "\u3040" <= char <= "\ud7af"


def _plain(line: str) -> Folded:
    return Folded(line, line.lower(), [*range(len(line))], [*range(1, len(line) + 1)], [""] * len(line))


def _characters(line: str) -> Folded:
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    marks: list[str] = []
    full_width_is_honest = _CJK.search(line) is not None
    at, pending, size = 0, "", len(line)
    while at < size:
        char, begin = line[at], at
        at += 1
        if char in ZERO_WIDTH or char in _DROPPED:
            if char in ZERO_WIDTH and text and _hides(text[-1]):
                pending = HIDDEN
            continue
        mark, pending = pending, ""
        cluster = char
        while at < size and line[at] > "\u02ff" and (line[at] in _STRUCK or unicodedata.combining(line[at])):
            if line[at] in _STRUCK:
                mark = STRUCK
            else:
                cluster += line[at]
            at += 1
        if char in _OWN:
            new, mark = _OWN[char], mark or STYLED
        else:
            new = cluster if char < "\u0080" == cluster else unicodedata.normalize("NFKC", cluster)
            if _is_styled(char) and not (full_width_is_honest and _FULL_WIDTH.match(char)):
                mark = mark or STYLED
        # a Turkish capital I with dot lowers to two characters, and the dotless one is typed as a plain i half the time
        new = new.lower().replace("\u0307", "").replace("ı", "i").translate(_ONE_HAN)
        if mark == HIDDEN and not (new and _hides(new[0])):
            mark = ""
        for one in new:
            text.append(one)
            starts.append(begin)
            ends.append(at)
            marks.append(mark)
    return Folded(line, "".join(text), starts, ends, marks)


def styled_letters(line: str, folded: Folded) -> int:
    """How many letters were drawn with look-alike symbols, flags and phonetics aside."""
    return sum(
        how == STYLED and char.isalpha() and line[at] not in _HONEST_ALONE
        for how, char, at in zip(folded.how, folded.text, folded.start, strict=True)
    )


def _is_styled(char: str) -> bool:
    """Mathematical, circled, squared and full-width letters and digits; circled digits number honest lists."""
    if char < "\u24b6":
        return False
    return "\u24b6" <= char <= "\u24e9" or "\U0001d400" <= char <= "\U0001d7ff" or _FULL_WIDTH.match(char) is not None


def _hides(char: str) -> bool:
    # Persian, Indic, Thai and Khmer text needs its joiners and its invisible breaks
    return char.isalpha() and (char < "\u0530" or "\u3040" <= char <= "\ud7af")


def _despaced(folded: Folded) -> Folded:
    if len(folded.text) > LONGEST_SPACED:
        return folded
    first = _SPACED.search(folded.text)
    for pattern in (_SPACED, _DOTTED, _SPACED_CJK) if first else (_SPACED_CJK,):
        spans: list[tuple[int, int, str]] = []
        for found in pattern.finditer(folded.text):
            spans += [(i, i + 1, "" if char in _GAPS else char) for i, char in enumerate(found[0], found.start())]
        folded = folded.replaced(spans, SPACED)
    return folded


def _look_alikes(text: str) -> list[tuple[int, int, str]]:
    spans: list[tuple[int, int, str]] = []
    for found in _TOKEN.finditer(text):
        word = found[0]
        if _MIXED.search(word):
            new = _one_script(word)
            spans += [(found.start() + i, found.start() + i + 1, n) for i, n in enumerate(new) if n != word[i]]
    return spans


def _one_script(word: str) -> str:
    """A word of mixed scripts in the one whose letters cannot be mistaken."""
    for table, is_home in ((_TO_LATIN, _is_latin), (_TO_CYRILLIC, _is_cyrillic)):
        if all(is_home(char) or char in table for char in word):
            return "".join(char if is_home(char) else table[char] for char in word)
    return word


def _is_latin(char: str) -> bool:
    return char < "\u0250" or "\u1e00" <= char <= "\u1eff"


def _is_cyrillic(char: str) -> bool:
    return "\u0400" <= char <= "\u052f"
