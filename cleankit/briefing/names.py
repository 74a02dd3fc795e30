"""Names of people and their roles: what a name looks like, titles before it, `NAME, role` lines, roles in prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TITLED = (
    r"(?:Mr|Mrs|Ms|Mx|Miss|Messrs|Dr|Prof|Professor|Sir|Dame|Madam|Madame|Mme|Mlle|Monsieur|Herr|Frau|Señora?|Shri|Smt|"
    r"Datuk|Dato|Encik|Puan|Ibu|Bapak|Sayın|The Hon|Rt Hon)"
)
# without the stop these are names: Gen Suzuki, Sen Li, Rev Patel
_STOPPED = (
    r"(?:M|Hr|Fr|Sra?|Dott|Ing|Adm|Gen|Col|Maj|Lt|Cmdr|Capt|Sgt|Brig|Amb|Sen|Rep|Gov|Rev|Bpk|Hon|H\.E|"
    r"Sec|Usec|Asec|Dir|Cong|Atty)"
)
HONORIFIC = re.compile(rf"^(?:(?:{_TITLED}\b\.?|{_STOPPED}\.)\s+)+", re.IGNORECASE)

# Words of offices; a run of them before a name is a role, and none of them is a name.
_OFFICE = (
    "acting administration administrator adviser advisor affairs agency agriculture ambassador assistant associate "
    "attorney attaché board budget bureau captain central chair chairman chairperson chairwoman chancellor chief "
    "coalition colonel commander commerce commission commissioner committee consul coordinator council counsel "
    "counselor deputy defence defense department development director economic education emergency energy envoy "
    "executive federal finance first foreign former general global governor group head health homeland independent "
    "information interior international judge justice king labor labour lead leader lieutenant lord major management "
    "manager mayor member minister ministry national nato office officer official parliamentary permanent police "
    "policy political premier president press presidential prime prince princess principal public queen relations "
    "representative republic research science security senator senior service sergeant social society special "
    "speaker spokesman spokesperson spokeswoman staff state states superintendent technology trade transport "
    "republik negara nasional kementerian treasury undersecretary union united vice secretary"
)
# The heads of such runs: one of these alone makes the line a role.
_TITLES = (
    "admiral brigadier marshal rear administrator adviser advisor ambassador attaché captain chair chairman "
    "chairperson chairwoman chancellor colonel commander commissioner consul coordinator counselor director "
    "envoy general governor judge justice king leader lieutenant lord mayor minister officer official premier "
    "president prince princess queen representative secretary senator sergeant spokesman spokesperson "
    "spokeswoman superintendent undersecretary président présidente ministre chancelier porte-parole ministerin "
    "bundeskanzler bundeskanzlerin sprecher sprecherin staatssekretär staatssekretärin presidente presidenta "
    "taoiseach tánaiste ministro ministra portavoz vocero vocera secretario secretaria "
    "subsecretario subsecretaria directora canciller "
    "gobernador gobernadora alcalde alcaldesa embajador embajadora governador governadora prefeito prefeita secretário "
    "secretária sottosegretario sindaco secrétaire minister regierungssprecher regierungssprecherin sts menteri "
    "presiden gubernur bupati bakan bakanı cumhurbaşkanı sözcü sözcüsü başkan "
    "başkanı başbakan başbakanı bakanı müsteşar müsteşarı genel müdürü yardımcısı vali valisi "
    "menhub menlu menkeu mendagri mendag menkes menko menhan mentan menag menpora menaker mensos wapres kapolri jubir "
    "wagub walikota wali ketua kepala panglima sekretaris direktur juru bicara "
    "министр президент премьер-министр 대변인 장관 차관 대통령 총리 국장"
)
TITLES = frozenset(_TITLES.split())
OFFICE = frozenset(_OFFICE.split()) | TITLES
_PARTICLES = "de da do dos das di du del della der den van von zu la le el al bin ibn binti bint ben y e dan af av ter"
_PARTICLE = frozenset(_PARTICLES.split())
# German puts the house before the office in one word
_COMPOUND = re.compile(
    r"[a-zäöüß-]{3,}(?:minister|präsident|kanzler|sprecher|sekretär|direktor|vorsitzender?|beauftragter?|kommissar|"
    r"senator|rat)(?:in|s)?"
)
# Words that open captions, notes and lists, never a name.
_OPENERS = (
    "a about also an and answer as at background because breaking but by caption click comments conclusion contact "
    "copyright credit date editor email example fact facts fifth figure file finally first for fourth from further "
    "general he her here highlights his how if image images in introduction it key last learn lastly listen location "
    "more my next no note notes number of on one or our photo photos picture pictures place please plus point "
    "points question questions read related report remember reminder second see share she sign so source sources "
    "step subscribe summary tags tel the their then there these they third this those three time tip tips title to "
    "topic topics two update updated venue video warning watch we what when where which who why yes you your"
)
_NOT_NAMES = frozenset(_OPENERS.split())
_WORD = re.compile(r"[^\W\d_][^\W\d_'’.\-–·]*(?:['’.\-–·]+[^\W\d_]+)*\.?")
_HAN_NAME = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,4}|[\uac00-\ud7af]{2,4}|[\u4e00-\u9fff]{1,8}(?:[·•・][\u4e00-\u9fffA-Z.]{1,8}){1,3})$"
)


def plain(name: str) -> str:
    """A name without Mr., Ms., Dr. and blanks around it.

    >>> plain("Ms. Ada Lovelace ")
    'Ada Lovelace'
    """
    return HONORIFIC.sub("", name.strip()).strip(" ,;:：，；\u3000")


def key(name: str) -> str:
    """What two spellings of one name have in common: letters and digits, case aside."""
    return " ".join(re.findall(r"[^\W_]+", plain(name).casefold().replace("'", "").replace("’", "")))


def is_name(text: str, *, least: int = 2, most: int = 5) -> bool:
    """Whether a text has the shape of a person's name: capitalised words, particles between them."""
    text = plain(text)
    if _HAN_NAME.match(text):
        return True
    words = re.sub(r"^((?:[^\W\d_]\.){1,2})(?=[^\W\d_]{2})", r"\1 ", text).split()  # "A.Lovelace"
    if not least <= len(words) <= most or words[0].lower().strip(".") in _NOT_NAMES:
        return False
    if not all(_WORD.fullmatch(word) or word in ("&",) for word in words):
        return False
    big = [word for word in words if word[0].isupper()]
    small = [word for word in words if not word[0].isupper()]
    return len(big) >= least and words[-1][0].isupper() and all(word in _PARTICLE for word in small)


def is_office(word: str) -> bool:
    word = word.casefold().strip(".,;’'")
    return word in OFFICE or bool(_COMPOUND.fullmatch(word))


# heads of posts that are no offices of state
_POSTS = frozenset(
    [
        "head",
        "ceo",
        "cto",
        "cfo",
        "coo",
        "vp",
        "president",
        "founder",
        "co-founder",
        "cofounder",
        "partner",
        "professor",
        "lecturer",
        "researcher",
        "scientist",
        "engineer",
        "analyst",
        "economist",
        "historian",
        "author",
        "writer",
        "journalist",
        "editor",
        "lawyer",
        "attorney",
        "doctor",
        "physician",
        "curator",
        "coach",
        "captain",
        "owner",
        "producer",
        "designer",
        "architect",
        "consultant",
        "fellow",
        "dean",
        "rector",
        "leader",
        "manager",
        "student",
        "expert",
        "specialist",
        "advocate",
    ]
)


def is_event(word: str) -> bool:
    return word.casefold().strip(".,;") in _EVENTS


class RoleLine(NamedTuple):
    """`NAME, role` on a line of its own."""

    name: str
    role: str | None


# "那么，" and the like: two characters before a comma are a name's shape, too
_HAN_OPENERS = frozenset(
    re.findall(
        r"\w+",
        "那么 因此 所以 但是 然而 此外 同时 其中 目前 如今 近日 日前 今天 昨天 明天 今日 昨日 对此 随后 最后 "
        "首先 其次 第一 第二 第三 "
        "另外 不过 总之 例如 比如 当然 其实 事实上 近年来 长期以来 據悉 据悉 据了解 最近 接下来 下面 现在 與此同時",
    )
)
_ROLE_LINE = re.compile(
    r"^(?:[•·*–-]\s*)?(?P<name>[^,，:：;；]{2,60}?)\s*(?:[,，]|\s[–—-]\s|\s\()\s*(?P<role>.{3,400})$"
)


# "NAME, mayor of X, meets with guests at the hall on Monday": what a caption says of the picture is no office
_CAPTION = re.compile(
    r", (?=[a-z]+s (?:with|at|to|in|on|during|after|before|an?|the|his|her|their|reporters|questions)\b)"
)


def role_line(text: str, known: frozenset[str] = frozenset()) -> RoleLine | None:
    """Read `NAME, role`. The name has a name's shape or is `known` (keys of names); the role is no place, no sentence.

    >>> role_line("Ms. Ada Lovelace, head of the Analytical Office;")
    RoleLine(name='Ada Lovelace', role='head of the Analytical Office')
    >>> role_line("Ada Lovelace, head of the Analytical Office, meets with guests on Monday. A. NIEMI/GAZETTE")
    RoleLine(name='Ada Lovelace', role='head of the Analytical Office')
    """
    hit = _ROLE_LINE.match(text.strip())
    if not hit or hit["name"] in _HAN_OPENERS:
        return None
    name, role = plain(hit["name"]), trim_role(_CAPTION.split(hit["role"])[0])
    if key(name) not in known and not is_name(name):
        return None
    if any(is_office(word) for word in name.split()[:1]) and key(name) not in known:
        return None
    words = role.split()
    lower = [word for word in words if word[:1].islower() and word not in _PARTICLE]
    offices = [word for word in words if is_office(word)]
    han = bool(re.search(r"[\u4e00-\u9fff]{3}", role))
    if not (lower or offices or han) or len(words) > 60:
        return None
    if text.rstrip().endswith((".", "!", "?", "。", "：", ":", "”", '"')) and key(name) not in known:
        return None
    if re.search(
        r"\b(?:said|says|told|was|were|is|are|has|have|will|would)\b|:\s|[A-Za-z]\.\s+[A-Z][a-z]+ [a-z]", role
    ):
        return None
    return RoleLine(name, role)


_LISTED = re.compile(r"(?P<name>[^()]{2,50}?)\s*(?:\((?P<role>[^()]{2,60})\))?")


def listed(text: str) -> list[RoleLine]:
    """The people of a list in one line, some with their house in brackets; nothing where it is no such list.

    >>> listed("StS Lovelace, Brandt (BMVI), von Rath (AA)")
    [RoleLine(name='Lovelace', role='StS'), RoleLine(name='Brandt', role='BMVI'), RoleLine(name='von Rath', role='AA')]
    """
    found = []
    for part in re.split(r"\s*[,;，；、]\s*(?![^()]*\))", text.strip(" .;；")):
        hit = _LISTED.fullmatch(part)
        words = hit["name"].split() if hit else []
        last = max((n for n, word in enumerate(words[:-1]) if is_office(word)), default=-1)
        name = " ".join(words[last + 1 :])
        if not hit or not is_name(name, least=1, most=4):
            return []
        found.append(RoleLine(plain(name), hit["role"] or " ".join(words[: last + 1]) or None))
    # names alone, with a comma between them, may be anything
    return found if len(found) > 1 and any(one.role for one in found) else []


def trim_role(role: str) -> str:
    """A role without the marks that parted it from the next one."""
    role = re.sub(r"\s+", " ", role).strip(" \t;；,，.。、–—-")
    if role.endswith(")") and "(" not in role:
        role = role[:-1]
    return role


# what headlines call a meeting with the press, English aside
PRESS_EVENT = (
    "记者会|發布會|記者會|发布会|吹风会|会見|브리핑|기자회견|conférence de presse|point de presse|pressekonferenz|"
    "rueda de prensa|conferencia de prensa|coletiva de imprensa|conferenza stampa|(?:jumpa|keterangan|konferensi) pers|"
    "basın toplantısı|брифинг|пресс-конференци|persconferentie|konferencja prasowa|sajtótájékoztató"
)
# what a headline calls the event, before the office of the one who held it
_EVENT_WORDS = (
    "gaggle briefing remarks transcript statement conference readout interview speech address pers keterangan "
    "sambutan pidato discours déclaration rede erklärung comunicado"
)
_EVENTS = frozenset(_EVENT_WORDS.split())
_BEFORE = _EVENTS | {"with", "by", "from"}
_OF = frozenset(("of", "for", "the", "&", "on"))


def in_title(title: str, surname: str) -> RoleLine | None:
    """The full name and the role that a headline gives someone of whom a label shows the surname only.

    >>> in_title("Remarks by Deputy Minister Ada Lovelace on Looms", "LOVELACE")
    RoleLine(name='Ada Lovelace', role='Deputy Minister')
    """
    words = title.split()
    wanted = key(re.split(r"[\s.]+", surname.strip(" ."))[-1]) or None
    if wanted and is_office(wanted):
        return None
    for i, word in enumerate(words):
        # "Lovelace's", "Lovelace'ın"
        if wanted not in (key(word), key(re.sub(r"[’'][^’']*$", "", word))):
            continue
        start = i
        while start and words[start - 1][:1].isupper() and words[start - 1][-1] not in ",:;|–—":
            start -= 1
        # "Secretary of Health & Human Services Ada Lovelace": the house reaches up to the name
        if start and words[start - 1] in _OF:
            begin = start
            while (
                begin
                and (words[begin - 1] in _OF or words[begin - 1][:1].isupper())
                and words[begin - 1][-1] not in ",:;"
            ):
                begin -= 1
            role = words[begin : max(start, i - 1)]
            while role and (role[0] in _OF or role[0].casefold() in _BEFORE):
                role = role[1:]
            if any(map(is_office, role)) and i - 1 >= start:
                return RoleLine(plain(" ".join(words[i - 1 : i + 1])), " ".join(role).strip(" ,"))
        run = words[start : i + 1]
        event = max((n for n, part in enumerate(run[:-1]) if part.casefold() in _BEFORE), default=-1)
        run = run[event + 1 :]
        last_office = max((n for n, word in enumerate(run[:-1]) if is_office(word)), default=-1)
        name, role = run[last_office + 1 :], run[: last_office + 1]
        if len(name) > 1:
            full = plain(" ".join(name))
            full = full if key(full).endswith(wanted) else re.sub(r"[’'][^’']*$", "", full)
            return RoleLine(full, " ".join(role).strip(" ,") or None)
    return None


def with_first(text: str, surname: str) -> RoleLine | None:
    """The full name that a text gives somebody who is called by the last one only, and the office right before it.

    >>> with_first("Ada Lovelace has run the mill for years.", "Lovelace")
    RoleLine(name='Ada Lovelace', role=None)
    >>> with_first("Yesterday Verkehrsminister Ada von Lovelace spoke.", "Lovelace")
    RoleLine(name='Ada von Lovelace', role='Verkehrsminister')
    """
    found: dict[str, RoleLine] = {}
    particles = "|".join(_PARTICLE - {"y", "e"})
    form = rf"(?:{_CAP}[ ]+){{1,5}}(?:(?:{particles})[ ]+){{0,2}}{re.escape(surname)}(?![\w-])"
    for hit in re.finditer(form, text, re.IGNORECASE if surname.isupper() else 0):
        words = hit[0].split()
        last = max((n for n, word in enumerate(words[:-1]) if is_office(word)), default=-1)
        role = words[: last + 1]
        while role and not is_office(role[0]):
            role = role[1:]
        name = plain(" ".join(words[last + 1 :]))
        if is_name(name) and name.split()[0].casefold() not in _NOT_NAMES and not HONORIFIC.match(hit[0]):
            found.setdefault(key(name), RoleLine(name, " ".join(role) or None))
    # "Yesterday Ada Lovelace" and "Ada Lovelace": the shorter one is in both
    short = min(found.values(), key=lambda line: len(line.name), default=None)
    return short if short and all(one.name.endswith(short.name) for one in found.values()) else None


def role_near(text: str, name: str) -> str | None:
    """The office that a text gives right behind a name, or right before it.

    >>> role_near("We spoke to Ada Lovelace, head of looms at the Mill, about cloth.", "Ada Lovelace")
    'head of looms at the Mill'
    >>> role_near("对此，记者采访了机械研究所前副所长林知远。", "林知远")
    '机械研究所前副所长'
    """
    if is_han(name):
        line = in_han_text(text, name)
        return line.role if line else None
    found: set[str] = set()
    behind = (
        rf"\b{re.escape(name)}(?: \([^()]{{2,30}}\))?, "
        r"(?:the |an? |his |her )?(?P<role>[^,.;:()“”\"]{3,90})(?=[,.;)]|$)"
    )
    for hit in re.finditer(behind, text):
        role = trim_role(re.split(r"\s+(?:who|whose|which|that|said|says|told|speaks?|about)\b", hit["role"])[0])
        head = re.split(r" (?:of|for|at|with|in|on|and|to)\b", role)[0].split()
        if (
            head
            and (is_office(head[-1]) or head[-1].casefold() in _POSTS)
            and not re.search(r"\b(?:is|was|has|are)\b", role)
        ):
            found.add(role)
    return found.pop() if len(found) == 1 else None


def in_lead(text: str, office: str) -> RoleLine | None:
    """Who holds an office that labels name, where the note above the transcript says by whom it is.

    >>> in_lead("Transcript of the noon briefing by Ada Lovelace, Spokesman for the Mayor.", "Spokesman")
    RoleLine(name='Ada Lovelace', role='Spokesman for the Mayor')
    >>> in_lead("Remarks by the Secretary for Looms, Ms Ada Lovelace, at the mill", "Secretary for Looms")
    RoleLine(name='Ada Lovelace', role='Secretary for Looms')
    """
    found = {plain(hit["name"]) for hit in re.finditer(rf"\b{re.escape(office)},\s+(?P<name>{_NAME})", text)}
    if len(found) == 1 and is_name(name := found.pop()):
        return RoleLine(name, office)
    wanted = key(office).split()
    for hit in re.finditer(rf"\b(?:by|with)\s+(?P<name>{_NAME}),\s+(?:the\s+)?(?P<role>[^.,;:!?]{{4,120}})", text):
        if wanted and key(hit["role"]).split()[: len(wanted)] == wanted and is_name(hit["name"]):
            return RoleLine(plain(hit["name"]), trim_role(hit["role"]))
    return None


def after_office(title: str, office: str) -> RoleLine | None:
    """The one whom a headline names right behind the office that labels name.

    >>> after_office("Remarks by Minister Ada Lovelace at the mill", "Minister")
    RoleLine(name='Ada Lovelace', role='Minister')
    """
    found = {plain(hit["name"]) for hit in re.finditer(rf"\b{re.escape(office)}\s+(?P<name>{_NAME})", title)}
    before = rf"(?:\b(?:with|by|and|{_TITLED})\.? )(?P<name>{_NAME}),? (?:the )?{re.escape(office)}\b"
    found = found or {plain(hit["name"]) for hit in re.finditer(before, title, re.IGNORECASE)}
    name = found.pop() if len(found) == 1 else ""
    if name.isupper():
        name = " ".join(part.title() for part in name.split())
    return RoleLine(name, office) if is_name(name) and not any(map(is_office, name.split())) else None


_HAN_OFFICE = (
    "(?:发言人|部长|司长|局长|主任|主席|省长|市长|县长|区长|总理|秘书长|大使|外相|长官|书记|院长|会长|董事长|总裁|"
    "总经理|理事长|所长|负责人|創辦人|创始人|校长|馆长|总编辑|首席[\u4e00-\u9fff]{2,4}|署长|处长|行长|总监|专家|教授|研究员|委员|秘书|大臣|長官|報道官|發言人|部長|局長|市長|縣長|省長|總統|"
    "總理|院長|署長|處長|司長|知事|総理|会長|社長|室長|課長|次官|参事官)"
)
_HELD_BY = re.compile(
    rf"(?P<office>{_HAN_OFFICE})(?P<name>[\u4e00-\u9fff]{{2,3}}?)"
    r"(?=(?:\d{1,2}日|[今昨][天日])?(?:主持|就|答|出席|召开|召開|回答|回应|回應|举行|舉行|表示|在.{0,12}(?:记者会|記者會|发布会|吹风会)))"
)
# what stands between a sentence and the office of someone it introduces
_HAN_BREAK = re.compile(r"[，、：:；。！？,\s“”（）()《》\d年月日时]|邀请到?|有请|[请由为是]|包括|采访了?|專訪|专访|对话|對話")
# The hundred family names that some 85 % of Chinese people bear.
_HAN_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "張劉陳楊黃趙吳孫馬羅鄭謝韓馮鄧蕭葉蘇魏呂盧賈韋鄒譚陸龔錢嚴萬湯許莊詹賴鍾簡游洪"
)


def in_han_text(text: str, name: str) -> RoleLine | None:
    """The office that stands right before `name` in a Chinese headline or introduction.

    >>> in_han_text("2024年3月5日外交部发言人林知远主持例行记者会", "林知远")
    RoleLine(name='林知远', role='外交部发言人')
    """
    if not _HAN_NAME.match(name):
        return None
    for hit in re.finditer(re.escape(name), text):
        office = _HAN_BREAK.split(text[max(0, hit.start() - 40) : hit.start()].rstrip())[-1]
        if re.search(f"{_HAN_OFFICE}$", office):
            return RoleLine(name, office)
    return None


def han_holders(text: str) -> list[RoleLine]:
    """Whom a Chinese headline or lead names as the one who held the briefing, with the office.

    >>> han_holders("2024年3月5日，外交部发言人林知远主持例行记者会。")
    [RoleLine(name='林知远', role='外交部发言人')]
    """
    found: dict[str, RoleLine] = {}
    for hit in _HELD_BY.finditer(text):
        if hit["name"][0] in _HAN_SURNAMES:
            role = _HAN_BREAK.split(text[max(0, hit.start() - 30) : hit.start()] + hit["office"])[-1]
            found.setdefault(hit["name"], RoleLine(hit["name"], role))
    return list(found.values())


def is_han_office(text: str) -> bool:
    """Whether a text is the word for an office, with at most a prefix: `大臣`, `副市長`."""
    return bool(re.fullmatch(f"副?{_HAN_OFFICE}", text))


def han_titled(text: str) -> RoleLine | None:
    """An office with a name behind it, as Chinese labels have it.

    >>> han_titled("發言人陳若水")
    RoleLine(name='陳若水', role='發言人')
    >>> han_titled("浙东省委常委、宣传部部长林知远")
    RoleLine(name='林知远', role='浙东省委常委、宣传部部长')
    """
    hit = re.fullmatch(
        rf"(?P<role>(?:[\u4e00-\u9fff]{{2,16}}、){{0,2}}[\u4e00-\u9fff]{{0,16}}?{_HAN_OFFICE})"
        r"(?P<name>[\u4e00-\u9fff]{2,3})",
        text,
    )
    return RoleLine(hit["name"], hit["role"]) if hit and hit["name"][0] in _HAN_SURNAMES else None


def is_han(text: str) -> bool:
    return bool(_HAN_NAME.match(text))


def is_han_person(text: str) -> bool:
    """Whether a text is two or three Chinese characters, the first a common family name."""
    return bool(re.fullmatch(r"[\u4e00-\u9fff]{2,3}", text)) and text[0] in _HAN_SURNAMES


_CAP = r"(?:[A-Z]\.|[A-Z\u00c0-\u00de][\w'’\-]+)"
_NAME = rf"(?:{_CAP}\s+(?:(?:de|van|von|bin|al|del|der|da|di)\s+)?){{1,4}}[A-Z\u00c0-\u00de][\w'’\-]+"
_ROLE = r"(?:(?:the|a|an)\s+)?[a-z][^,.;:!?“”\"]{4,160}(?:,\s+and\s+[^,.;:!?“”\"]{4,100})?"
_PROSE = (
    re.compile(rf"\b(?:said|says|according to|told reporters)\s+(?P<name>{_NAME}),\s+(?P<role>{_ROLE})(?=[.,;])"),
    re.compile(
        rf"(?:^|(?<=[.!?”\"]\s))(?P<name>{_NAME}),\s+(?P<role>{_ROLE}),\s+(?:said|says|told|added|noted|stressed)\b"
    ),
)


def in_prose(text: str) -> Iterator[RoleLine]:
    """`said NAME, ROLE.` and `NAME, ROLE, said`: nothing looser, for a name in prose is no participant."""
    found = []
    for form in _PROSE:
        for hit in form.finditer(text):
            name, role = plain(hit["name"]), trim_role(re.split(r"\s+(?:who|whose|which|that)\s", hit["role"])[0])
            if is_name(name) and not any(map(is_office, name.split())) and _is_role(role):
                found.append((hit.start(), RoleLine(name, role)))
    yield from (line for _, line in sorted(found))


# "meanwhile", "who represents the family", "one of his editors": said of a person, but no role
_NO_ROLE = re.compile(
    r"(?:who|whose|whom|which|where|when|while|of|in|at|for|from|with|one|another|also|then|meanwhile|however|too|"
    r"again|like|as|on|by|and|or|but|his|her|their|then|now|once|not|both|speaking|writing|adding|citing|referring)\b"
)


def _is_role(role: str) -> bool:
    words = [word for word in role.split() if word[:1].islower() and len(word) > 3]
    # "… University in St. Louis": the role goes on behind the stop
    cut = re.search(r"\b(?:St|Mt|Ft|No|U\.S|U\.K|D\.C)$", role)
    return len(role.split()) > 1 and bool(words) and not _NO_ROLE.match(role) and not cut


def introduced(text: str) -> Iterator[RoleLine]:
    """`Mr. NAME, role;` in a chair's introduction of the panel."""
    titled = r"(?:Mr|Ms|Mrs|Dr|Prof)\b\.?"
    for hit in re.finditer(rf"\b{titled}\s+(?P<name>{_NAME}),\s+(?P<role>{_ROLE})(?=[.;,]|\s+and\s+{titled})", text):
        yield RoleLine(plain(hit["name"]), trim_role(hit["role"]))
