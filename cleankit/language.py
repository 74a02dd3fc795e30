"""Which language a paragraph is in: by script first, then by function words, by langdetect only on long text.

Short text is not guessed at: below 50 letters langdetect is random (`Thank you.` is Somali), and a label or a caption
takes the language of the lines before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property
from typing import Any, NamedTuple

from cleankit.known import known
from cleankit.lazy import expression

UNKNOWN = "und"

# Letters of the scripts that one language (nearly) has to itself, and the two scripts that many share.
_SCRIPTS = {
    "han": expression(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"),
    "kana": expression(r"[\u3040-\u30ff]+"),
    "hangul": expression(r"[\uac00-\ud7af\u1100-\u11ff]+"),
    "thai": expression(r"[\u0e00-\u0e7f]+"),
    "arabic": expression(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]+"),
    "cyrillic": expression(r"[\u0400-\u052f]+"),
    "greek": expression(r"[\u0370-\u03ff]+"),
    "hebrew": expression(r"[\u0590-\u05ff]+"),
    "devanagari": expression(r"[\u0900-\u097f]+"),
    "latin": expression(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+"),
}
_NOT_LATIN = expression("[" + "".join(one.pattern[1:-2] for name, one in _SCRIPTS.items() if name != "latin") + "]+")
_LANGUAGE_OF_SCRIPT = {"hangul": "ko", "thai": "th", "greek": "el", "hebrew": "he", "devanagari": "hi"}

# Words that run through all prose of a language and are rare in the others listed.
_FUNCTION_WORDS = {
    "en": (
        "the of and to in is that for was with are this has have will be on by we it from you at as not or an "
        "they their our your what which would about there been were but said who us she could should"
    ),
    "fr": (
        "le les des et du une est dans que qui pour pas sur au avec ce cette sont aux ont par plus nous vous "
        "je elle ils son ses leur été mais où qu cet nos votre notre être avoir fait comme"
    ),
    "de": (
        "der die und das den von zu mit ist des dem nicht ein eine für auf im sich auch werden wird sind wir "
        "ich wie aber haben hat bei nach aus wurde über vielen ihre wenn kann dass"
    ),
    "es": (
        "el los las del que una por con para su se lo más como pero está han sus este esta entre también muy "
        "nos sobre fue son ha todos esto ese esa donde quien"
    ),
    "pt": (
        "os as do da dos das que um uma para com não mais foi pelo pela são ao está seu sua também entre "
        "muito ou ele ela isso esta este quando ser ter foram nos"
    ),
    "it": (
        "il gli della di che una per con non sono del alla nel più anche come è dei delle si questo ha nella "
        "al dal loro hanno stato stata questa"
    ),
    "nl": (
        "het een van de en dat niet zijn voor met aan ook door wordt bij naar maar deze heeft hebben is was "
        "ik wij zij kan hun uit"
    ),
    "id": (
        "yang dan di dengan untuk dari ini itu pada tidak dalam akan telah oleh juga adalah ada kami ke atas "
        "anda kita bahwa mereka tersebut dapat saat sudah bisa karena para sejak agar serta kata hingga mulai"
    ),
    "tr": (
        "ve bir bu için ile olarak da de olan daha çok gibi sonra kadar olduğu ancak her en ise tarafından "
        "var ki değil olduğunu göre veya üzere dolayı"
    ),
    "vi": (
        "và của là có không được cho các những một với trong này đã người đến khi về từ như bạn chúng tôi sẽ "
        "bị thì rằng ở vào lại"
    ),
    "hu": (
        "hogy az és nem egy van volt csak meg már még vagy mint ez azt de lesz szerint aki ezt mert egyik "
        "után ki be el is"
    ),
    "pl": "nie się na jest że do przez dla oraz jak ale być po od które został są w ich tego może tym jego",
    "sv": "och att det som är på för med den inte till ett om har av de kan från",
    "fi": (
        "ja on ei se että oli hän mutta ovat myös kun joka sen kuin ole tai mukaan sekä jotka jossa vuoden jälkeen "
        "vain vielä nyt sitä tämä tämän niin joista kanssa"
    ),
    "ru": (
        "и в не на что с по как это для из от его к за при был но также году он она они мы вы так все её их "
        "была были который которые"
    ),
    "uk": "і та у на що з не до як за від це для його про який були ми ви вони щоб також або але він вона",
    "ar": "في من على إلى أن عن مع هذا هذه التي الذي كان بعد قد ما لا قال بين كما إنه ذلك وقال",
}
# Letters that (nearly) no other language here writes. They may stand in a foreign name, so they count for two words at
# most, and three are needed.
_TELLING = {
    "ar": expression("[ةىأإ]"),
    "de": expression("ß"),
    "fa": expression("[پچژگکی]"),
    "hu": expression("[őű]"),
    "pl": expression("[łńśźż]"),
    "pt": expression("[ãõ]"),
    "ru": expression("[ыэё]"),
    "tr": expression("[ğış]"),
    "uk": expression("[їєґ]"),
    "vi": expression("[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹơư]"),
}
_ANY_TELLING = expression("[" + "".join(letters.pattern.strip("[]") for letters in _TELLING.values()) + "]")
_LEXICON: dict[str, list[str]] = {}
for _code, _words in _FUNCTION_WORDS.items():
    for _word in _words.split():
        _LEXICON.setdefault(_word, []).append(_code)

_WORD = expression(r"[^\W\d_]+")
_SIGNS = "’‘“”–—…•\u00a0"
_NO_LETTERS = bytes(byte for byte in range(256) if not (byte < 128 and chr(byte).isalpha()))
_TO_WORDS = bytes(32 if byte in _NO_LETTERS else ord(chr(byte).lower()) for byte in range(256))
MOST = 4000  # letters of a paragraph that are read
_ADDRESS, _HOST = r"(?:https?://|www\.)\S+", r"\b(?:[A-Za-z0-9-]+\.)+[a-z]{2,}\b(?:/\S*)?"
_URL = expression(f"{_ADDRESS}|{_HOST}")
_URL_OR_MAIL = expression(rf"{_ADDRESS}|[^\s@]{{1,64}}@\S+|{_HOST}")

MIN_LETTERS = 50  # langdetect is wrong at p >= 0.9 in 2 % of windows of 30 letters, in none of 50
MIN_PROBABILITY = 0.90
SHORT_HAN = 45  # titles and bracketed dates of Japanese ministries stay below it; a Chinese paragraph does not
# langdetect takes longer for a line than all rules take for its page; a name with its office says nothing about a page
MAX_UNDECIDED = 0.05  # share of a page's letters up to which nobody asks
SAMPLE = 1000  # letters shown to langdetect: it samples anyway, and a longer text only costs time


class Share(NamedTuple):
    """How much of a page is in one language."""

    lang: str
    letters: int
    share: float


def of_script(text: str) -> str:
    """The language that the script alone tells, else `latin`, `cyrillic`, `arabic` or `und`."""
    if text.isascii():
        return "latin" if _SCRIPTS["latin"].search(text) else UNKNOWN
    text = (_URL_OR_MAIL if "@" in text else _URL).sub(" ", text)
    others = "".join(_NOT_LATIN.findall(text))
    if not others:
        return "latin" if _SCRIPTS["latin"].search(text) else UNKNOWN
    counts = {
        name: sum(map(len, letters.findall(text if name == "latin" else others))) for name, letters in _SCRIPTS.items()
    }
    total = sum(counts.values())
    if not total:
        return UNKNOWN
    # A Han letter says as much as two or three Latin ones: host names before a phrase must not decide.
    if counts["kana"] >= 2 and counts["kana"] * 5 >= counts["kana"] + counts["han"]:
        counts["kana"] += counts["han"]
        if counts["kana"] * 2 >= counts["latin"]:
            return "ja"
    if counts["han"] >= 2 and counts["han"] * 2 >= total - counts["han"]:
        return "zh"
    name = max(counts, key=lambda key: counts[key])
    return _LANGUAGE_OF_SCRIPT.get(name, name)


@known(1024, longest=1000)
def of_text(text: str) -> str:
    """The language of a paragraph by script and function words; `und` where they leave it open."""
    if (plain := _plain(text)).isascii():
        words = plain[:MOST].encode().translate(_TO_WORDS).decode().split()
        hits = _hits(words)
    else:
        script = of_script(text)
        if script not in ("latin", "cyrillic", "arabic"):
            return script if len(script) == 2 else UNKNOWN
        low = text[:MOST].lower()
        words = _WORD.findall(low)
        hits = _hits(words)
        if _ANY_TELLING.search(low):
            for code, letters in _TELLING.items():
                if count := len(letters.findall(low)):
                    hits[code] = hits.get(code, 0) + min(count, 2)
    if not hits:
        return UNKNOWN
    best = max(hits, key=hits.__getitem__)
    n = hits.pop(best)
    # Three function words, one word in ten, and clear of the runner-up: two sentences of prose have them.
    if n >= 3 and n * 10 >= len(words) and n > max(hits.values(), default=0) * 1.5:
        return best
    return UNKNOWN


def _plain(text: str) -> str:
    """The text with blanks for the commonest signs outside of ASCII, for which regular expressions are ten times as
    slow to find the words of an English line."""
    if text.isascii():
        return text
    for sign in _SIGNS:
        text = text.replace(sign, " ")
    return text


def _hits(words: Iterable[str]) -> dict[str, int]:
    """How many of some words are function words of each language."""
    hits: dict[str, int] = {}
    for word in words:
        if word in _LEXICON:
            for code in _LEXICON[word]:
                hits[code] = hits.get(code, 0) + 1
    return hits


def _settled(codes: list[str], texts: Sequence[str]) -> list[str]:
    """On a page more Japanese than Chinese, titles and dates in Han letters alone are Japanese; sentences are not."""
    size: Counter[str] = Counter()
    for code, text in zip(codes, texts, strict=True):
        size[code] += len(text)
    if size["ja"] <= size["zh"]:
        return codes
    return [
        "ja" if code == "zh" and len(text) < SHORT_HAN and not text.endswith("。") else code
        for code, text in zip(codes, texts, strict=True)
    ]


class OfLines:
    """The language of each line; one that does not say takes that of the line before it, or the first that does.

    A line is looked at when it is asked for: on most pages none is.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._found: dict[int, str] = {}
        if any(map(_SCRIPTS["kana"].search, texts)):  # what is Japanese there says what else is
            self._own: Callable[[int], str] = _settled([of_text(text) for text in texts], texts).__getitem__
        else:
            self._own = lambda number: of_text(texts[number])

    def __getitem__(self, number: int) -> str:
        at = number
        while at >= 0 and at not in self._found and (code := self._own(at)) == UNKNOWN:
            at -= 1
        code = self._found.get(at) or code if at >= 0 else self._first
        self._found.update(dict.fromkeys(range(max(at, 0), number + 1), code))
        return code

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OfLines) and self._all() == other._all()

    __hash__ = None  # type: ignore[assignment]

    def _all(self) -> list[str]:
        return [self[number] for number in range(len(self._texts))]

    @cached_property
    def _first(self) -> str:
        return next((code for at in range(len(self._texts)) if (code := self._own(at)) != UNKNOWN), UNKNOWN)


def of_page(texts: Iterable[str]) -> tuple[Share, ...]:
    """The languages of a page by letters, the largest first.

    langdetect is asked about long lines that do not tell, where they are more than a small part of the page.
    """
    letters: Counter[str] = Counter()
    undecided: list[str] = []
    texts = [text for text in texts if text and not text.isspace()]
    for code, text in zip(_settled([of_text(text) for text in texts], texts), texts, strict=True):
        if code == UNKNOWN:
            undecided.append(text)
        elif size := _count(text):
            letters[code] += size
    sizes = [_count(text) for text in undecided]
    long = sum(size for size in sizes if size >= MIN_LETTERS)
    is_open = long > MAX_UNDECIDED * (long + sum(letters.values()))
    for text, size in zip(undecided, sizes, strict=True):
        if size:
            letters[detect(text) if is_open and size >= MIN_LETTERS else UNKNOWN] += size
    unknown = letters.pop(UNKNOWN, 0)
    if not letters:
        return (Share(UNKNOWN, unknown, 1.0),) if unknown else ()
    total = sum(letters.values())
    ranked = sorted(letters.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Share(code, n, round(n / total, 4)) for code, n in ranked if n / total >= 0.01)


def _count(text: str) -> int:
    if (plain := _plain(text)).isascii():
        return len(plain.encode().translate(None, _NO_LETTERS))
    return sum(map(len, _WORD.findall(text)))


def detect(text: str) -> str:
    """What langdetect says of a long text, seeded; `und` below its own 0.90."""
    from langdetect.lang_detect_exception import LangDetectException

    detector = _factory().create()
    detector.append(text[:SAMPLE])
    try:
        best = detector.get_probabilities()[0]
    except (LangDetectException, IndexError):
        return UNKNOWN
    code: str = best.lang
    return code.split("-")[0] if best.prob >= MIN_PROBABILITY else UNKNOWN


@cache
def _factory() -> Any:
    # a factory of our own: `DetectorFactory.seed` is a class attribute, and whoever imports langdetect may set it
    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory
    from langdetect.lang_detect_exception import LangDetectException

    factory = DetectorFactory()
    factory.seed = 0
    try:
        factory.load_profile(PROFILES_DIRECTORY)
    except LangDetectException as error:
        # it takes whatever goes wrong for a broken profile, Ctrl-C among it
        if error.__context__ is not None and not isinstance(error.__context__, Exception):
            raise error.__context__ from None
        raise
    return factory
