"""Who holds which office: `NAME, role` lines, labels, headlines, leads and prose that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleankit.briefing import han_roles
from cleankit.briefing.model import RoleLine
from cleankit.briefing.names import (
    EVENTS,
    HONORIFIC,
    NOT_NAMES,
    PARTICLES,
    TITLED,
    TITLES,
    is_han,
    is_name,
    is_office,
    key,
    plain,
)

# heads of posts that are no offices of state
_POSTS = frozenset(
    re.findall(
        r"[\w-]+",
        "head ceo cto cfo coo vp president founder co-founder cofounder partner professor lecturer researcher "
        "scientist engineer analyst economist historian author writer journalist editor lawyer attorney doctor "
        "physician curator coach captain owner producer designer architect consultant fellow dean rector leader "
        "manager student expert specialist advocate",
    )
)

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

_NUMBER = re.compile(r"^\d{1,2}[.)]\s+")

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
    hit = _ROLE_LINE.match(_NUMBER.sub("", text.strip()))
    if not hit or hit["name"] in _HAN_OPENERS:
        return None
    name, role = plain(hit["name"]), trim_role(_CAPTION.split(hit["role"])[0])
    if key(name) not in known and not is_name(name):
        return None
    if any(is_office(word) for word in name.split()[:1]) and key(name) not in known:
        return None
    words = role.split()
    lower = [word for word in words if word[:1].islower() and word not in PARTICLES]
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


# "…, Ada Lovelace and Councillor Grace Hopper"
_AND = re.compile(r"(?:(.+?) )?(?:and|y|et|und|e|dan|ve) (.+)")


def is_post(role: str) -> bool:
    """Whether a role is an office or a profession, and not the house of somebody who writes."""
    words = re.findall(r"[\w-]+", role.casefold())
    return bool(re.search("[\u4e00-\u9fff]", role)) or any(is_office(word) or word in _POSTS for word in words)


def listed(text: str) -> list[RoleLine]:
    """The people of a list in one line, some with their house in brackets; nothing where it is no such list.

    >>> listed("StS Lovelace, Brandt (BMVI), von Rath (AA)")
    [RoleLine(name='Lovelace', role='StS'), RoleLine(name='Brandt', role='BMVI'), RoleLine(name='von Rath', role='AA')]
    """
    found = []
    parts = re.split(r"\s*[,;，；、]\s*(?![^()]*\))", text.strip(" .;；"))
    if len(parts) > 1 and (last_two := _AND.fullmatch(parts[-1])):
        parts[-1:] = [part for part in last_two.groups() if part]
    for part in parts:
        if held := han_roles.titled(part):
            found.append(held)
            continue
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
    role = re.sub(r"\s+", " ", role).strip(" \t;；,，.。、:：–—-")
    if role.endswith(")") and "(" not in role:
        role = role[:-1]
    return role


_BEFORE = EVENTS | {"with", "by", "from"}

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
            called = max((n for n, one in enumerate(role) if one.casefold() in EVENTS), default=-1)
            role = role[called + 1 :]
            while role and (role[0] in _OF or role[0].casefold() in _BEFORE):
                role = role[1:]
            if any(map(is_office, role)) and i - 1 >= start:
                return RoleLine(plain(" ".join(words[i - 1 : i + 1])), " ".join(role).strip(" ,"))
        run = words[start : i + 1]
        event = max((n for n, part in enumerate(run[:-1]) if part.casefold() in _BEFORE), default=-1)
        run = run[event + 1 :]
        last_office = max(
            (n for n, word in enumerate(run[:-1]) if is_office(word) or (word.casefold() in _POSTS and run[n + 2 :])),
            default=-1,
        )
        name, role = run[last_office + 1 :], run[: last_office + 1]
        # "Foreign Minister LOVELACE Ada"
        given = words[i + 1].rstrip(",.;:") if i + 1 < len(words) else ""
        if (
            len(name) == 1
            and role
            and word.isupper()
            and given.istitle()
            and len(word) > 2
            and is_name(f"{word} {given}")
        ):
            return RoleLine(f"{word} {given}", " ".join(role).strip(" ,"))
        if len(name) > 1:
            full = plain(" ".join(name))
            full = full if key(full).endswith(wanted) else re.sub(r"[’'][^’']*$", "", full)
            return RoleLine(full, " ".join(role).strip(" ,") or None)
    return None


_TITLED_BY = re.compile(
    r"\b(?:transcript|remarks|statement|doorstep|doorstop|interview|briefing|conference|gaggle|speech|q&a|allocution|"
    r"déclaration|conférence "
    r"de presse|entretien|interview|pressekonferenz|statement|rueda de prensa|conferencia de prensa|declaraciones|"
    r"keterangan pers)"
    r"(?: \w+){0,3}? (?:by|with|of|de la|del?|du|mit|von|van|da|dengan) (?:the |la |le |der |dem )?"
    r"(?P<run>(?:[A-Z\u00c0-\u00de][\w'’/.&-]*|of|for|and the|de|la|the)(?: (?:[A-Z\u00c0-\u00de][\w'’/.&-]*|of|for|"
    r"the|de|la|du|von))*)",
    re.IGNORECASE,
)


_HON = re.compile(r"\bby (?:the )?(?:rt )?hon\b", re.IGNORECASE)


def titled_speaker(title: str) -> RoleLine | None:
    """Whom a headline names as the one who speaks.

    >>> titled_speaker("Remarks by Commissioner Ada Lovelace upon arrival at the mill")
    RoleLine(name='Ada Lovelace', role='Commissioner')
    """
    hit = _TITLED_BY.search(title)
    words = []
    for word in hit["run"].split() if hit else ():
        if not word[:1].isupper() and word not in _OF:
            break
        words.append(word)
    last = max((n for n, word in enumerate(words) if any(map(is_office, re.split(r"[/-]", word)))), default=-1)
    name = plain(" ".join(words[last + 1 : last + 5]))
    if not is_name(name):
        return None
    if last >= 0:
        return RoleLine(name, " ".join(words[: last + 1]))
    if _HON.search(title[: hit.end()] if hit else ""):
        return RoleLine(re.sub(r"^(?:Rt )?Hon | (?:MP|MLA|MSP|TD|QC|KC|AM|OAM)$", "", name), None)
    behind = re.search(rf"{re.escape(name)}, (?P<role>[^,.;]{{3,90}})", title)
    return RoleLine(name, trim_role(behind["role"])) if behind and is_office(behind["role"].split()[0]) else None


_GENITIVE = re.compile(
    r"(?P<role>(?:официального )?(?:представителя|Министра|министра|Президента|Посла|директора)"
    r"(?: [А-Яа-яё.-]+){1,8}?) "
    r"(?P<name>(?:[А-ЯЁ]\.\s?){1,2}[А-ЯЁ][а-яё-]+?)(?P<ending>ой|а)(?![а-яё])"
)
_OF_ROLE = {
    "официального": "официальный",
    "представителя": "представитель",
    "Министра": "Министр",
    "министра": "министр",
    "Президента": "Президент",
    "Посла": "Посол",
    "директора": "директор",
}


def in_genitive(title: str) -> RoleLine | None:
    """Whom a Russian headline names by initials, office and name in the genitive.

    >>> in_genitive("Брифинг официального представителя МИД Е.Н.Мельниковой, 4 мая 2022 года")
    RoleLine(name='Е.Н.Мельникова', role='официальный представитель МИД')
    """
    hit = _GENITIVE.search(title)
    if not hit:
        return None
    role = " ".join(_OF_ROLE.get(word, word) for word in hit["role"].split())
    return RoleLine(hit["name"] + ("а" if hit["ending"] == "ой" else ""), role)


_CONNECTS = frozenset(["ve", "and", "of", "for", "the", "&", "de", "la", "du", "des", "für", "und", "für", "y"])


# "Ada Lovelace's interview", "Ada Lovelace’ın basın toplantısı"
_OWNS = re.compile(r"[’'](?:s|n?[ıiuü]n)?$")


def only_holder(text: str) -> RoleLine | None:
    """The only one whom a lead names with an office before the name.

    >>> only_holder("Deniz İşleri Bakanı Ada Lovelace, gazetecilerin sorularını yanıtladı.")
    RoleLine(name='Ada Lovelace', role='Deniz İşleri Bakanı')
    """
    found: dict[str, RoleLine] = {}
    run: list[str] = []
    for word in [*re.findall(r"[\w'’-]+|[^\w\s]", text), "."]:
        if word[:1].isupper() or (run and word in _CONNECTS):
            run.append(word)
            if not _OWNS.search(word):
                continue
        last = max((n for n, one in enumerate(run) if is_office(one)), default=-1)
        name = _OWNS.sub("", plain(" ".join(run[last + 1 :])))
        if last >= 0 and 2 <= len(name.split()) <= 3 and is_name(name) and not _CONNECTS.intersection(name.split()):
            found.setdefault(key(name), RoleLine(name, " ".join(run[: last + 1])))
        run = []
    return next(iter(found.values())) if len(found) == 1 else None


# "I'm Ada"
_SAYS_I = re.compile(r"i['’]|we['’]|that['’]|it['’]|here['’]|there['’]")


_PARTICLES = "|".join(sorted(PARTICLES - {"y", "e"}))
_REACH = 120  # letters of a name and an office


def _calling(text: str, surname: str) -> Iterator[re.Match[str]]:
    """Where a surname stands with capitalized words right before it."""
    flags = re.IGNORECASE if surname.isupper() else 0
    form = re.compile(rf"(?:{_CAP}[ ]+){{1,5}}(?:(?:{_PARTICLES})[ ]+){{0,2}}{re.escape(surname)}$", flags)
    for place in re.finditer(rf"{re.escape(surname)}(?![\w-])", text, flags):
        if hit := form.search(text, max(0, place.start() - _REACH), place.end()):
            yield hit


def with_first(text: str, surname: str) -> RoleLine | None:
    """The full name that a text gives somebody who is called by the last one only, and the office right before it.

    >>> with_first("Ada Lovelace has run the mill for years.", "Lovelace")
    RoleLine(name='Ada Lovelace', role=None)
    >>> with_first("Yesterday Verkehrsminister Ada von Lovelace spoke.", "Lovelace")
    RoleLine(name='Ada von Lovelace', role='Verkehrsminister')
    """
    if surname not in text and not (surname.isupper() and surname.casefold() in text.casefold()):
        return None
    found: dict[str, RoleLine] = {}
    for hit in _calling(text, surname):
        words = hit[0].split()
        last = max((n for n, word in enumerate(words[:-1]) if is_office(word)), default=-1)
        role = words[: last + 1]
        while role and not is_office(role[0]):
            role = role[1:]
        name = plain(" ".join(words[last + 1 :]))
        while name and name.split()[0].casefold() in _POSTS:
            name = " ".join(name.split()[1:])
        opener = name.split()[0].casefold() if name else ""
        if is_name(name) and opener not in NOT_NAMES and not _SAYS_I.match(opener) and not HONORIFIC.match(hit[0]):
            found.setdefault(key(name), RoleLine(name, " ".join(role) or None))
    # "Yesterday Ada Lovelace" and "Ada Lovelace": the shorter one is in both
    short = min(found.values(), key=lambda line: len(line.name), default=None)
    return short if short and all(one.name.endswith(short.name) for one in found.values()) else None


def with_initials(text: str, initials: str) -> RoleLine | None:
    """The only full name in a text that has these initials.

    >>> with_initials("My name is Ada Lovelace, and with me is Dr Odo Brandt-Lund.", "OBL")
    RoleLine(name='Odo Brandt-Lund', role=None)
    """
    if not re.fullmatch(r"[A-Z]{2,4}", initials) or initials in _NO_INITIALS:
        return None
    found = set()
    for hit in re.finditer(_NAME, text):
        words = plain(hit[0]).split()
        for n in range(2, len(words) + 1):
            parts = re.split(r"[\s-]+", " ".join(words[:n]))
            if "".join(part[:1] for part in parts).upper() == initials and is_name(" ".join(words[:n])):
                found.add(" ".join(words[:n]))
    name = found.pop() if len(found) == 1 else ""
    return RoleLine(name, role_near(text, name)) if name else None


_NO_INITIALS = frozenset(
    ("QA", "TV", "PM", "UN", "EU", "US", "UK", "BBC", "CNN", "NBC", "CBS", "ABC", "NPR", "PBS", "AFP")
)


def role_near(text: str, name: str) -> str | None:
    """The office that a text gives right behind a name, or right before it.

    >>> role_near("We spoke to Ada Lovelace, head of looms at the Mill, about cloth.", "Ada Lovelace")
    'head of looms at the Mill'
    >>> role_near("对此，记者采访了机械研究所前副所长林知远。", "林知远")
    '机械研究所前副所长'
    """
    if is_han(name):
        line = han_roles.in_text(text, name)
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
    return found.pop() if len(found) == 1 else _role_before(text, name) if not found else None


def _role_before(text: str, name: str) -> str | None:
    """`spokesman of the council NAME`, `Vice-Premier NAME`: the same wherever the name has one."""
    found: set[str] = set()
    for hit in re.finditer(rf"(?P<before>(?:[\w’'-]+ ){{1,6}}){re.escape(name)}\b", text):
        words = hit["before"].split()
        heads = [n for n, word in enumerate(words) if any(part in TITLES for part in word.casefold().split("-"))]
        if not heads or not all(word[:1].isupper() or word in _OF for word in words[heads[-1] + 1 :]):
            continue
        start = heads[-1]
        while start and (words[start - 1][:1].isupper() and words[start - 1].casefold() not in NOT_NAMES):
            start -= 1
        found.add(" ".join(words[start:]))
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


def of_house(text: str, house: str) -> RoleLine | None:
    """The only one whom a text names with the house by which labels call them.

    >>> of_house("Transcript of the press conference by Ada Lovelace, MILL Press Office, and Odo Brandt, WHO.", "MILL")
    RoleLine(name='Ada Lovelace', role='MILL Press Office')
    """
    form = rf"(?P<name>{_NAME}), (?:the )?(?P<role>{re.escape(house)}\b[^,.;]{{0,60}})"
    found = {plain(hit["name"]): hit["role"] for hit in re.finditer(form, text)}
    found = {name: role for name, role in found.items() if is_name(name) and not any(map(is_office, name.split()))}
    return RoleLine(*found.popitem()) if len(found) == 1 else None


_OF_HOUSE = "(?:of|de(?: la| los)?|del|du|da|do|della|des)"


def after_office(title: str, office: str) -> RoleLine | None:
    """The one whom a headline names right behind the office that labels name.

    >>> after_office("Remarks by Minister Ada Lovelace at the mill", "Minister")
    RoleLine(name='Ada Lovelace', role='Minister')
    """
    found = {
        plain(hit["name"])
        for hit in re.finditer(
            rf"\b(?i:{re.escape(office)})(?:\s+|(?: {_OF_HOUSE} (?:[\w-]+ ?){{1,3}})?,\s+"
            rf"(?:[a-zà-ÿ-]+\s+){{0,2}})(?P<name>{_NAME})",
            title,
        )
    }
    found = {name for name in found if name.split()[0].casefold() not in PARTICLES}
    before = rf"(?:\b(?:with|by|and|{TITLED})\.? )(?P<name>{_NAME}),? (?:the )?{re.escape(office)}\b"
    found = found or {plain(hit["name"]) for hit in re.finditer(before, title, re.IGNORECASE)}
    name = found.pop() if len(found) == 1 else ""
    if name.isupper():
        name = " ".join(part.title() for part in name.split())
    return RoleLine(name, office) if is_name(name) and not any(map(is_office, name.split())) else None


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
