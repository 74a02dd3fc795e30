"""How reporters begin: the name and the outlet that they give, in the first words or behind the last."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleankit.briefing import korean, labels, names
from cleankit.briefing.model import Kind
from cleankit.briefing.reporters import CAPS
from cleankit.briefing.turns import Utterance

# "I'm NAME with OUTLET", "NAME from OUTLET.", "this is NAME, OUTLET": how a reporter begins
_INTRODUCED = re.compile(
    r"(?:^|(?<=[.!?,] )|(?<=[.!?,]))"
    r"(?:(?:hi|hello|yes|thanks?(?: you)?(?: (?:so|very) much)?|sorry|i['’]m sorry|good \w+)[,.!]? +)*"
    r"(?P<says>(?:i['’]m|i am|my name is|my name['’]s|this is|it['’]s|it is) +)?"
    rf"(?P<name>(?-i:{CAPS}(?: {CAPS}){{0,3}})),? "
    rf"(?P<link>(?:here )?(?:with|from|of|at|for)|i['’]m (?:with|from)) (?:the )?"
    r"(?P<outlet>(?-i:(?:The )?[a-z]?[A-Z][\w'’&\-]*(?:\.\w[\w.]*)?(?: (?:of (?:the )?|and |de )?[A-Z][\w'’&\-]*){0,4}"
    r"(?: \d{1,3}\b)?))"
    r"(?=[.,;:!?]|\s|$)",
    re.IGNORECASE,
)

_INTRODUCED_HAN = re.compile(
    r"^(?:[^。！？]{0,12}[，,。])?我是(?:来自)?(?P<outlet>[\u4e00-\u9fffA-Z]{2,14}?)的?[记記]者"
)

# "米勒新聞の林です。", "米勒新聞です。"
_INTRODUCED_JA = re.compile(
    r"^(?:[^。]{0,12}、)?(?P<outlet>[\u4e00-\u9fff\u30a0-\u30ffA-Z]{1,12}(?:新聞|テレビ|放送|通信|通信社|新聞社|時報|日報|新報|ラジオ)|"
    r"[A-Z]{3,4}|[\u4e00-\u9fff]{2,6}社)(?:の(?P<name>[\u4e00-\u9fff\u30a0-\u30ff]{1,6}))?(?:です|と申します|でございます|と言います)[。、]"
)
# "밀러뉴스 정다올입니다.", "ABS입니다.", "강변일보 신도율 기자입니다."
_INTRODUCED_KO = re.compile(
    r"^(?:[^.?!]{0,14}[,.!]? )?(?P<outlet>[\uac00-\ud7a3A-Za-z]{1,10}"
    r"(?:뉴스|일보|신문|방송|통신|경제|타임스|투데이|미디어|저널|TV)|[A-Z]{3,4}|"
    rf"[\uac00-\ud7a3]{{2,8}}(?=의? ?{korean.NAME} 기자))(?:의)? ?(?P<name>{korean.NAME})?(?: ?기자)?"
    r"(?:입니다|이고요|인데요|라고 합니다|이라고 합니다)[.,]"
)

# "NAME, del diario "OUTLET"", "NAME, de OUTLET", "NAME von OUTLET", "saya NAME dari OUTLET"
_INTRODUCED_SO = re.compile(
    r"(?:^|[.!?,¡¿] ?)(?P<says>(?i:soy|je suis|ich bin|mein name ist|saya|me llamo|mi nombre es) )?"
    rf"(?P<name>(?:{CAPS}|[A-Z]\.)(?: (?:de |da |von |van )?(?:{CAPS}|[A-Z]\.)){{0,3}}),? "
    r"(?:del? (?:la |el |los )?|du |pour |d['’]|von (?:der |dem |den )?|vom |aus |dari |da |"
    r"(?=(?:agencia|diario|revista|radio|canal|agence|journal|harian|majalah|agentur) ))"
    r"(?P<kind>(?:diario|periódico|agencia|revista|cadena|canal|radio|journal|quotidien|chaîne|agence|zeitung|harian|"
    r"koran|stasiun) )?"
    r"(?P<mark>[“\"«„]\s?)?(?P<outlet>[A-Z\u00c0-\u00de][\w'’&\-]*(?:\.\w+)*"
    r"(?: (?:de |del |du |la |der |das )*[A-Z\u00c0-\u00de\d][\w'’&\-]*){0,4})"
    r"(?=\s?[”\"»“]|[.,;:!?]|\s|$)"
)

# "Del diario OUTLET, de Rosario.", "dari OUTLET."
_OF_OUTLET = re.compile(
    r"^(?:[^.!?,]{0,30}[.!,?] ){0,2}(?:[Dd]el? (?:diario|periódico|agencia|revista|canal|radio)|[Dd]ari|[Dd]u journal) "
    r"(?P<outlet>[A-Z\u00c0-\u00de][\w'’&\-]*(?: (?:de |del |la )*[A-Z\u00c0-\u00de\d][\w'’&\-]*){0,3})[,.]"
)
# "NAME, OUTLET. Could you …"
_SIGNED = re.compile(
    rf"(?:^|[.!?¡] )(?P<name>{CAPS}(?: (?:de |da |von |van )?{CAPS}){{1,3}}), "
    r"(?P<outlet>[A-Z\u00c0-\u00de][\w'’&\-]*"
    r"(?: (?:of (?:the )?|de |del |la |und |and )?[A-Z\u00c0-\u00de\d][\w'’&\-]*){0,4})\.(?= \S)"
)
# "Ben NAME,", "saya NAME", "je suis NAME": no outlet
_NAMED = re.compile(
    rf"(?:^|[.!?] |, )(?:(?:my name is|i['’]m|ben|saya|je suis|je m['’]appelle|ich bin|mein name ist|soy|me llamo)) "
    rf"(?P<name>(?-i:{CAPS}(?: {CAPS}){{1,3}}))(?=[,.;])",
    re.IGNORECASE,
)
OPENING_WORDS = 160  # characters in which somebody says who asks


# "… at what price? (Ada Lovelace, Mill Post)"
_BEHIND = re.compile(r"[?.!…”\"]\s*[(（](?P<name>[^()（）,，]{3,40}),\s*(?P<outlet>[^()（）,，]{2,40})[)）]\s*$")
# "… 무엇입니까? (밀러일보 정다올 기자)"
_BEHIND_KO = re.compile(
    r"[?.!…]\s*[(<（‹](?P<outlet>[^()<>（）‹›]{2,30}?)\s(?P<name>[\uac00-\ud7a3]{2,4}(?: [\uac00-\ud7a3]{2,4})?)\s?"
    r"기자[)>）›]\s*$"
)


def name_introduced(utterances: Sequence[Utterance]) -> None:
    """Questions get the outlet that the reporter gives in the first words, and the name where no label has one."""
    for one in utterances:
        last = one.paragraphs[-1].text if one.kind is Kind.QUESTION and not one.outlet else ""
        if (
            (behind := _BEHIND.search(last))
            and names.is_name(behind["name"])
            and not labels.in_office(behind["outlet"])
        ):
            one.speaker, one.outlet = one.speaker or behind["name"], behind["outlet"]
        elif behind := _BEHIND_KO.search(last):
            one.speaker, one.outlet = behind["name"], behind["outlet"]
        if one.kind is not Kind.QUESTION or one.lost or not (told := first_words(one)):
            continue
        name, outlet = told
        label = one.label.text if one.label else ""
        if one.outlet and name and names.key(name).split()[0] in names.key(label).split():
            # "NAME:" asks as an outlet does, until the words say which
            one.speaker, one.outlet = names.plain((labels.two_parts(label) or (label,))[0]), outlet
        elif not one.outlet:
            one.outlet = outlet
            if name and (one.speaker is None or labels.nameless(one.speaker)):
                one.speaker = name


def first_words(one: Utterance) -> tuple[str | None, str | None] | None:
    """The name and the outlet that somebody gives in the first words."""
    return _introduction(one.paragraphs[0].text[:OPENING_WORDS], one.label.text if one.label else "")


def _introduction(said: str, label: str) -> tuple[str | None, str | None] | None:
    """The name and the outlet with which somebody begins to ask."""
    if hit := _INTRODUCED_HAN.search(said):
        return None, hit["outlet"]
    if hit := _INTRODUCED_JA.search(said) or _INTRODUCED_KO.search(said):
        return hit["name"], hit["outlet"]
    if (hit := _INTRODUCED.search(said)) and _is_reporter(hit, label):
        return hit["name"], re.sub(r"^The (?=[A-Z])", "", hit["outlet"])
    if hit := _INTRODUCED_SO.search(said):
        outlet = hit["outlet"].rstrip(".,")
        # without a mark or a word for it a family name looks the same
        name = None if any(map(names.is_office, hit["name"].split())) else hit["name"]
        # a sentence of its own: "Ada Lovelace, de Radio Molino."
        is_whole = said[hit.end() : hit.end() + 2] in (". ", ".") and len(hit["name"].split()) > 1
        is_told = hit["says"] or hit["mark"] or hit["kind"] or labels.is_outlet(outlet) or "." in outlet
        if is_told or is_whole or hit.start() == 0:
            return name, outlet
    if hit := _OF_OUTLET.search(said):
        return None, hit["outlet"]
    if (hit := _SIGNED.search(said)) and names.is_name(hit["name"]) and not labels.in_office(hit["outlet"]):
        return hit["name"], hit["outlet"]
    if hit := _NAMED.search(said):
        return hit["name"], None
    return None


def _is_reporter(hit: re.Match[str], label: str) -> bool:
    """Whether the words name somebody of an outlet, and not Members of Congress."""
    if labels.in_office(hit["outlet"]) or names.is_office(hit["name"].split()[0]):
        return False
    if hit["says"] or names.key(hit["name"]).split()[0] in names.key(label).split():
        return True
    return names.is_name(hit["name"]) and (hit["link"] in ("with", "from") or labels.is_outlet(hit["outlet"]))
