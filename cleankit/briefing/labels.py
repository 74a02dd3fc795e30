"""Speaker labels (`NAME:` alone on a line, `NAME: text`, `Q  text`, `问：`, `OUTLET记者：`), told from prose."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from cleankit.briefing import han_roles, korean, names
from cleankit.known import known


class Says(Enum):
    """What the words of a label tell by themselves."""

    QUESTION = "question"
    ANSWER = "answer"
    CHAIR = "chair"
    OUTLET = "outlet"
    PERSON = "person"
    UNKNOWN = "unknown"


class Label(NamedTuple):
    """A label, and the text that follows it in the same paragraph (empty where it stands alone)."""

    text: str
    rest: str
    says: Says

    @property
    def alone(self) -> bool:
        return not self.rest

    @property
    def key(self) -> str:
        return names.key(self.text)


_QUESTION = (
    "q|question|questioner|reporter|reporters|correspondent|correspondents|journalist|journalists|"
    "press|the press|media|follow[- ]up|question (?:by|from) (?:the )?(?:media|press|floor|audience|reporters?)|"
    "(?:unidentified|unknown|male|female) (?:reporter|questioner|journalist|correspondent)|"
    "问|提问|问题|追问|追問|網友提問|网友提问|記者|记者|問|質問|"
    "frage|zusatzfrage|zusatz|nachfrage|journalistin|journalistes?|pregunta|periodistas?|pergunta|jornalista|domanda|"
    "giornalista|pertanyaan|tanya|wartawan|soru|gazeteci|muhabir|вопрос|запитання|питання|журналист|기자|질문|문|vraag|pytanie|"
    "penanya|participant|caller|attendee|"
    "audience member|(?:unidentified|unknown) (?:analyst|participant)|interlocutora?|pregunta -?inaudible-?|"
    "kérdés|kysymys|câu hỏi|phóng viên|(?:ال)?سؤال|صحفي|ถาม|ผู้สื่อข่าว|"
    "repórter(?:es)?|reporteros?|reportera|корреспондент|журналистка|кореспондент|dziennikarz|dziennikarka|újságíró|"
    "toimittaja|verslaggever|pv|intervenci[oó]n|wartawan asing|"
    "媒[體体](?:提?[問问])?|网友(?: \\S{1,10})?|網友|記者問|记者问"
)
_ANSWER = (
    "a|answer|答|回答|发言人|發言人|antwort|réponse|respuesta|resposta|risposta|jawaban|jawab|cevap|yanıt|ответ|відповідь|답|답변|"
    "antwoord|odpowiedź|válasz|vastaus|trả lời|(?:ال)?جواب|ตอบ|대변인|報道官|"
    "người phát ngôn|โฆษก|المتحدث(?: الرسمي)?|الناطق(?: الرسمي)?"
)
_CHAIR = (
    "moderator|the moderator|sunucu|aide|press aide|staff|chair|chairman|chairwoman|chairperson|host|operator|"
    "facilitator|vorsitzende|vorsitzender|"
    "主持人|主持|司会|사회자|진행자|vorsitzender?|vors\\.|condutora?|mediadora?|prowadząc[ay]|"
    "modérateur|modératrice|moderatorin|moderador|moderadora|moderatore|moderatör|ведущий|ведущая|модератор"
)
# people whom a transcript does not name
_NAMELESS = re.compile(
    r"(?:unidentified |unknown )?(?:speaker|participant|voice|panell?ist|official|man|woman)(?: ?#?\d{1,2})?",
    re.IGNORECASE,
)
# "Frage Holt:", "Reporter (Holt):", "QUESTION (Alder Daily):" say who asks
_TWO_PARTS = re.compile(
    r"^(?P<a>[^,，(（/]{2,60}?)\s*(?:(?:[,，/]|\s(?:[–—-]|--)\s)\s*(?P<b>[^()（）]{2,90}(?: \([^()]{2,30}\))?)|"
    r"[(（](?P<c>[^()（）]{2,160})[)）])$"
)
# the word ends where it ends: QUINN is no Q, PRESSLEY no press
_ASKED_BY = re.compile(
    rf"^(?:{_QUESTION})\b(?: ?\d{{1,2}})?\s*[(（:,-]?\s*(?P<who>[^()（）]{{2,50}}?)[)）]?$", re.IGNORECASE
)
# "Moderator Ines Okafor:", "主持人 陈若："
_CHAIRED_BY = re.compile(rf"^(?:the )?(?:{_CHAIR})[\s,，(（-]+(?P<who>[^()（）]{{2,40}}?)[)）]?$", re.IGNORECASE)
# "ADA LOVELACE, HOST:", "ADA LOVELACE, MILL TV ANCHOR:" in broadcasters' transcripts
_HOST = re.compile(
    r"(?:[\w&.]+ ){0,4}(?:co-?)?(?:host|anchor)|moderator|facilitator|moderation|moderadora?|modérat(?:eur|rice)",
    re.IGNORECASE,
)
# "Secretary for Harbours:", "Minister of State for Health:"
_OFFICE_OF = re.compile(
    r"(?:the )?(?P<head>(?:[A-Z][\w’'-]+ ){1,4})(?:for|of) (?:the )?[A-Z][\w’'-]*"
    r"(?:,? (?:and |of |for |the )*[A-Z][\w’'-]*)*"
)
_SAYS = {
    Says.QUESTION: re.compile(f"(?:{_QUESTION})(?: ?[0-9]{{1,2}})?", re.IGNORECASE),
    Says.ANSWER: re.compile(f"(?:{_ANSWER})(?: ?[0-9]{{1,2}})?", re.IGNORECASE),
    Says.CHAIR: re.compile(_CHAIR, re.IGNORECASE),
}

# Words of which newspapers, stations and agencies make their names. Generic ones and the agencies known everywhere.
_MEDIA = (
    r"news|newspaper|daily|weekly|monthly|times|post|herald|tribune|gazette|journal|magazine|chronicle|observer|"
    r"guardian|telegraph|mirror|courier|bulletin|globe|press|tv|television|radio|broadcasting|broadcaster|network|"
    r"channel|media|agency|quarterly|wire|app|online|review|digest|reuters|afp|ap|upi|dpa|efe|ansa|tass|xinhua|kyodo|yonhap|"
    r"nhk|tbs|jiji|asahi|mainichi|nikkei|yomiuri|sankei|rtl|zdf|ard|orf|srf|rts|rai|tf1|rfi|bfm|rtve|trt|ntv|antara|"
    r"kompas|tempo|detik(?:com)?|cbc|rte|rnz|sabc|pti|ani|ndtv|lusa|afp|"
    r"bloomberg|bbc|cnn|cnbc|abc|cbs|nbc|npr|pbs|fox|msnbc|politico|axios|zeitung|tageszeitung|rundfunk|fernsehen|"
    r"nachrichten|presse|blatt|journaux|télévision|agence|diario|periódico|noticias|televisión|agencia|jornal|"
    r"notícias|giornale|corriere|gazzetta|harian|koran|berita|kantor berita|gazetesi|haber|ajansı|televizyonu|"
    r"газета|агентство|телеканал|новости|báo|nhật báo|tạp chí|truyền hình|đài|hãng tin|thông tấn xã|thông tấn"
)
# alone they head a column or a box
_COLUMN = re.compile(
    r"news|daily|weekly|monthly|post|journal|magazine|review|digest|media|online|wire|app|radio|tv|television|network|"
    r"channel|agency|press|bulletin|newspaper|berita|haber|noticias|notícias|nachrichten",
    re.IGNORECASE,
)
_MEDIA_WORD = re.compile(rf"(?<![\w-])(?:{_MEDIA})(?![\w-])", re.IGNORECASE)
# American stations: "WKLM", "KABC-TV"
# "Head of Media", "Director of News"
_HEADS = re.compile(r"(?:head|director|chief|manager|vice president|vp|secretary) (?:of|for) ", re.IGNORECASE)
_CALL_SIGN = re.compile(r"[KW][A-Z]{3}(?:[ -](?:TV|FM|AM|\d{1,2}))?")
_MEDIA_END = re.compile(r"(?:zeitung|nachrichten|rundfunk|presse|news|press|times|post|tv)$", re.IGNORECASE)
_HAN_MEDIA = re.compile(
    r"(?:记者|記者|기자)$|(?:社|日报|晚报|早报|时报|邮报|周报|月刊|周刊|报|報|新闻|新聞|电视台|卫视|衛視|电台|广播|央视|央广|"
    r"国广|总台|新闻网|通讯社|网|網|客户端|通信|放送|テレビ|뉴스|일보|신문|방송)(?:APP|网)?$"
)
# "米勒社記者林知遠": the house, and who asks for it
HAN_REPORTER = re.compile(r"(?P<house>[\u4e00-\u9fffA-Za-z·]{2,16}?)[记記]者(?P<name>[\u4e00-\u9fff○〇]{2,4})")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# what a Chinese sentence puts before a colon
_HAN_VERB = re.compile(
    r"(?:说|表示|指出|强调|称|认为|道|写道|如下|是|为|下|包括|问到|回应|介绍|提问|话|题|[一二三四五六七八九十几多两]?[种条点个项类]|方面|有)$"
)
# what notes, boxes and lists begin with
_HAN_NOTES = re.compile(
    r"冒[頭头][発发]言|質疑(?:応答)?|[発发]言(?:要旨|[録录])|[開开][場场]白|(?:免责|免責)?[声聲]明|备注|備註|注|附注|说明|說明|提示|编者按|編者按|导读|導讀|摘要|背景|来源|來源|原[标標][题題]|版权|版權|"
    r"关键词|關鍵詞|标签|標籤|附件|[责責]任?[编編][辑輯]?|[编編][辑輯]|作者|撰稿|摄影|攝影|校对|审核|[联聯][系絡繫](?:电话|電話|人)?|"
    r"[电電][话話]|地址|邮编|[传傳]真|[时時][间間]|地[点點]|主[题題]|[阅閱][读讀]|[浏瀏][览覽](?:人次|次数|次數)|[点點][击閱阅]數?数?|(?:更新|發布|发布)(?:日期|單位|单位|时间|時間)|推荐阅读|相关(?:阅读|新闻|链接)"
)
_HAN_GREETS = re.compile(r"各位|尊敬的|女士们|亲爱的|同志们|朋友们|大家")
_HAN_STOP = re.compile(r"[，。、；！？“”\"'‘’（）()《》\s]")


_ARTICLE = re.compile(r"^(?:the|la|le|el|il|der|die|das|o|os|los|les|den|det) ", re.IGNORECASE)


def says(text: str) -> Says:
    """What a label's words tell: a question mark's letter, a chair, an outlet, a titled person, or nothing."""
    bare = _ARTICLE.sub("", text)
    for meaning, form in _SAYS.items():
        if form.fullmatch(text) or (bare != text and form.fullmatch(bare)):
            return meaning
    if (beside := two_parts(text)) and _ASIDE.fullmatch(beside[1]):
        return says(beside[0])
    if asked_by(text):
        return Says.QUESTION
    if chaired_by(text):
        return Says.CHAIR
    words = [word.casefold().strip(".,") for word in text.split()]
    titled = any(word in names.TITLES for word in words)
    if titled and (text.upper() == text or all(word in names.OFFICE or word in ("the", "le", "la") for word in words)):
        return Says.PERSON
    if han_roles.titled(text) or korean.titled(text):
        return Says.PERSON
    if is_outlet(text):
        return Says.OUTLET
    if names.HONORIFIC.match(text + " "):
        return Says.PERSON
    if _NAMELESS.fullmatch(text):
        return Says.PERSON
    if office_of(text) or _titled_name(text):
        return Says.PERSON
    halves = two_parts(text)
    if halves and any(map(in_office, halves)) and any(names.is_name(half) and not in_office(half) for half in halves):
        return Says.PERSON
    return Says.UNKNOWN


def in_office(text: str) -> bool:
    """Whether a label is made of words for offices: `Deputy minister`, `Ministra portavoz`."""
    return all(
        names.is_office(word) or word.casefold() in ("the", "of", "for", "and", "le", "la", "el")
        for word in text.split()
    )


def office_of(text: str) -> bool:
    """Whether a label is an office with what it is for: `Secretary for Harbours`."""
    text = re.sub(r"\b(?:OF|FOR|THE|AND)\b", lambda word: word[0].lower(), text) if text.isupper() else text
    hit = _OFFICE_OF.fullmatch(text)
    return hit is not None and hit["head"].split()[-1].casefold() in names.TITLES


def _titled_name(text: str) -> bool:
    """Whether a label is an office and the full name of who holds it: `Spokesperson Mr. Ada Lovelace`."""
    words = text.split()
    offices = next((n for n, word in enumerate(words) if not names.is_office(word)), 0)
    return bool(offices) and words[offices - 1].casefold() in names.TITLES and names.is_name(" ".join(words[offices:]))


@known(512, longest=100)
def nameless(text: str) -> bool:
    """Whether a label is a number or a word for somebody whom the transcript does not name."""
    return bool(_NAMELESS.fullmatch(text))


@known(512, longest=100)
def two_parts(text: str) -> tuple[str, str] | None:
    """The halves of `NAME, OUTLET`, `NAME/OUTLET`, `NAME (OUTLET)`, `OFFICE, NAME`."""
    hit = _TWO_PARTS.match(text)
    return (hit["a"].strip(), (hit["b"] or hit["c"]).strip()) if hit else None


@known(512, longest=100)
def of_outlet(text: str) -> str | None:
    """The name in `NAME, OUTLET` and `NAME（OUTLET）`.

    >>> of_outlet("ADA LOVELACE, MILL TV"), of_outlet("ADA LOVELACE, POET")
    ('ADA LOVELACE', None)
    """
    halves = two_parts(text)
    if halves and is_outlet(halves[1]) and not is_outlet(halves[0]) and not says_word(halves[0]):
        return halves[0] if names.is_name(halves[0], least=1) and not in_office(halves[0]) else None
    return None


def with_offices(keys: Iterable[str]) -> dict[str, str]:
    """Of the keys of labels, those that are an office and a name, with the name, where that is a label, too.

    >>> with_offices(["president of the mill ada lovelace", "ada lovelace", "ada lovelace president of the mill"])
    {'president of the mill ada lovelace': 'ada lovelace', 'ada lovelace president of the mill': 'ada lovelace'}
    """
    known = dict.fromkeys(keys)
    found = {}
    for long in known:
        words = long.split()
        ends = (" ".join(words[n:]) for n in range(1, len(words) - 1) if any(map(names.is_office, words[:n])))
        begins = (" ".join(words[:n]) for n in range(2, len(words)) if words[n] == "head" or names.is_office(words[n]))
        found[long] = next((one for one in (*ends, *begins) if one in known), "")
    return {long: short for long, short in found.items() if short}


def full_name(text: str) -> str | None:
    """The key of the full name in a label, without what stands behind a comma.

    >>> full_name("ADA LOVELACE, POET"), full_name("LOVELACE")
    ('ada lovelace', None)
    """
    name = (two_parts(text) or (text,))[0]
    return names.key(name) if names.is_name(name) and not in_office(name) else None


def chaired_by(text: str) -> str | None:
    """The name behind the word for a chair.

    >>> chaired_by("Moderator Ada Lovelace"), chaired_by("ADA LOVELACE, HOST")
    ('Ada Lovelace', 'ADA LOVELACE')
    """
    halves = two_parts(text)
    if halves and _HOST.fullmatch(halves[1]) and names.is_name(halves[0]):
        return halves[0]
    hit = _CHAIRED_BY.match(text)
    if hit and (held := han_roles.titled(hit["who"].strip())):
        return held.name
    # "CHAIR LOVELACE" and "Chairman Lovelace" hold an office, and answer
    if not hit or says_word(text) or re.match(r"chair(?:man|woman)?\b", text, re.IGNORECASE):
        return None
    return hit["who"].strip() if names.is_name(hit["who"], least=1) and not in_office(hit["who"]) else None


def is_host(text: str) -> bool:
    """Whether a label has the word for the host of a broadcast beside the name: `ADA LOVELACE, MILL TV ANCHOR`."""
    halves = two_parts(text)
    return halves is not None and re.search(r"\b(?:host|anchor)\b", halves[1], re.IGNORECASE) is not None


def asked_by(text: str) -> str | None:
    """The name or outlet behind the question word of a label.

    >>> asked_by("Frage Holt"), asked_by("QUESTION")
    ('Holt', None)
    """
    hit = _ASKED_BY.match(text)
    if not hit or not hit["who"][:1].isupper() or says_word(text):
        return None
    who = hit["who"].strip()
    if _ROOM.match(who) or _ASIDE.fullmatch(who):
        return None
    # "Press Secretary …" is no question, nor is "Press Briefing"
    return None if names.is_office(who.split()[0]) or names.is_event(who.split()[0]) else who


# "Press releases", "Media Centre": rooms and wares of a site
_ROOM = re.compile(
    r"(?:releases?|room|cent(?:re|er)|office|club|kit|contacts?|enquir|inquir|relations|officer|gallery|advisor)",
    re.IGNORECASE,
)


# "SORU (Devamla):", "QUESTION (off mic):": how it is asked
_ASIDE = re.compile(
    r"devamla|mikrofonsuz|mikrofon kapalı|inaudible|continu(?:es|ing|ed)|cont[’']?d|off[- ]mic(?:rophone)?|"
    r"online|via zoom|"
    r"remote|hors micro|suite|sin micrófono|continúa|fora do microfone|ohne mikrofon|lanjutan|via (?:video ?)?link|"
    r"in (?:french|english|spanish|arabic|german|hindi)|(?:through|via) (?:an )?interpreter|"
    r"interpretation|translated|as interpreted",
    re.IGNORECASE,
)


def says_word(text: str) -> bool:
    """Whether a label is one of the words for who asks, answers or chairs, and nothing else."""
    return any(form.fullmatch(text) for form in _SAYS.values())


def is_outlet(text: str) -> bool:
    """Whether a label has a media word in it, or is `…记者`."""
    if _HAN.search(text):
        if HAN_REPORTER.fullmatch(text):
            return True
        return bool(_HAN_MEDIA.search(text.strip("《》"))) or text.startswith("《")
    if _COLUMN.fullmatch(text.strip()) or _HEADS.match(text):
        return False
    if _CALL_SIGN.fullmatch(text.strip()):
        return True
    return bool(_MEDIA_WORD.search(text) or _MEDIA_END.search(text))


_THANKS = (
    r"(?:many thanks|thank you|thanks|merci|vielen dank|danke|muchas gracias|gracias|obrigad[oa]|grazie|terima kasih|"
    r"teşekkür\w*|спасибо|谢谢|謝謝|감사합니다|ありがとうございま\w+)"
)
_ASKS = re.compile(
    rf"[?？؟][\"”’»)」』]*\s*(?:[^.?!。？]{{0,20}}{_THANKS}[^.?!。]{{0,40}}[.!。]?)?\s*[\"”]*$|[?？؟][\"”’»)]*$",
    re.IGNORECASE,
)


# live pages print the minute behind each paragraph
_TIMED = re.compile(r"\s*\[[\d\s:-]{5,20}\]$")


def asks(text: str) -> bool:
    """Whether a paragraph ends in a question, thanks aside."""
    tail = text[-180:]
    if "?" not in tail and "？" not in tail and "؟" not in tail:
        return False
    return bool(_ASKS.search(_TIMED.sub("", tail) if tail[-1] == "]" else tail))


# "Zu den Zuständigkeiten: …": what is said next is about that
_ABOUT = re.compile(
    r"(?:zu[mr]?|zu (?:den|der|dem)|bei|beim|für|on|as (?:for|to)|regarding|concerning|about|sur|quant (?:à|aux)|sobre|"
    r"en cuanto a|respecto|mengenai|soal|terkait|tentang|su|riguardo|quanto) (?=\S)",
    re.IGNORECASE,
)


def shaped(label: Label) -> bool:
    """Whether a label has the shape of a name of somebody or something, not of the start of a sentence."""
    text = label.text
    if _HAN.search(text):
        # "대변인(서도윤)", "发言人（林知远）"
        text = re.sub(r"^[〇○◯●◆■]\s*|(?<=\S)\s?[(（][^()（）]{1,20}[)）]$|\s(?=\S+[记記]者$)", "", text)
        if han_roles.titled(text) or korean.titled(text):
            return True
        if _HAN_GREETS.match(text) or _HAN_NOTES.fullmatch(text):
            return False
        return len(text) <= 20 and not _HAN_STOP.search(re.sub("[《》]", "", text)) and not _HAN_VERB.search(text)
    if re.search(r"[.!?;]\s+[a-z]|[!?;“”\"]", text) or _ABOUT.match(text):
        return False
    if text.lower() == text.upper():
        # Arabic, Thai and Hindi have no capitals to tell a name by
        return len(text.split()) <= 5 and len(text) <= 40 and not re.search(r"[.،؟,\d]", text)
    return names.is_name(re.sub(r"^[Tt]he |\s*\([^)]*\)|\s(?:--|–|—|-)\s.*|[,/].*", "", text), least=1, most=8)


def in_capitals(text: str) -> bool:
    """Whether a label is printed in capitals."""
    letters = [c for c in text if c.isalpha()]
    cased = [c for c in letters if c.upper() != c.lower()]
    return len(cased) > 1 and all(c.isupper() for c in cased)


def like_a_person(text: str) -> bool:
    """Whether a label, or one half of it, is shaped like a person's name."""
    return any(names.is_name(half) for half in two_parts(text) or (text,)) or bool(
        _HAN.search(text) and len(text) <= 12
    )


def _without_initials(name: str) -> list[str]:
    return [word for word in name.split() if len(word) > 1]


def matches(label: str, known: frozenset[str]) -> str | None:
    """The key among `known` that a label means: the whole name, or the family name behind a title.

    >>> matches("MS. LOVELACE", frozenset({"ada lovelace"}))
    'ada lovelace'
    """
    titled_han = han_roles.titled(label)
    wanted = names.key(titled_han.name if titled_han else re.sub(r"\s*[(（][^)）]*[)）]|[,，].*", "", label))
    if not wanted:
        return None
    if wanted in known:
        return wanted
    if _HAN.search(wanted):
        # "省林业科学院研究员林知远"
        hits = [name for name in known if len(name) > 1 and wanted.endswith(name)]
        return hits[0] if len(hits) == 1 else None
    words = wanted.split()
    # "ADA LOVELACE" is Ada B. Lovelace
    hits = [name for name in known if len(words) == 2 and _without_initials(name) == words]
    if len(hits) == 1:
        return hits[0]
    initials, family = words[:-1], words[-1]
    if initials and all(len(word) == 1 for word in initials):
        hits = [name for name in known if name.split()[-1] == family and name.startswith(initials[0])]
        return hits[0] if len(hits) == 1 else None
    titled = bool(names.HONORIFIC.match(label)) or any(names.is_office(word) for word in words[:-1])
    if titled or len(words) == 1:
        tail = [name for name in known if wanted.endswith(name) or name.split()[-1] == words[-1]]
        head = [name for name in known if name.split()[0] == words[-1]]
        for hits in (tail, head):
            if len(hits) == 1 and (titled or len(words) == 1):
                return hits[0]
    return None
