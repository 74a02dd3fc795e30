"""Names of people and their roles: what a name looks like, titles before it, `NAME, role` lines, roles in prose."""

from __future__ import annotations

import re

from cleankit.known import known

TITLED = (
    r"(?:Mr|Mrs|Ms|Mx|Miss|Messrs|Dr|Prof|Professor|Sir|Dame|Madam|Madame|Mme|Mlle|Monsieur|Herr|Frau|Señora?|Shri|Smt|"
    r"YBhg|YAB|YB|Tan Sri|Tun|Datuk|Dato['’]?|Encik|Puan|Ibu|Bapak|Sayın|"
    r"(?:The )?Right Hon(?:ou?rable)?|The Hon(?:ou?rable)?|Rt Hon)"
)
# without the stop these are names: Gen Suzuki, Sen Li, Rev Patel
_STOPPED = (
    r"(?:(?:Army|Navy|Air Force|Marine Corps|Coast Guard|Space Force) )?(?:M|Hr|Fr|Sra?|Dott|Ing|Adm|Gen|Col|Maj|Lt|"
    r"Cmdr|Capt|Sgt|Brig|Amb|Sen|Rep|Gov|Rev|Bpk|Hon|H\.E|"
    r"Sec|Usec|Asec|Dir|Cong|Atty|Red|Min)"
)
HONORIFIC = re.compile(rf"^(?:(?:{TITLED}\b\.?|{_STOPPED}\.)\s+)+", re.IGNORECASE)

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
    "chefe jefe jefa "
    "maj gen lt col adm capt sgt brig cmdr "
    "dalam keuangan kelautan kesehatan kota luar negeri pariwisata pekerjaan pendidikan perdagangan perhubungan "
    "perikanan perindustrian pertahanan pertanian umum "
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
    "taoiseach tánaiste coach usec asec sec ministro ministra portavoz vocero vocera secretario secretaria "
    "subsecretario subsecretaria directora canciller "
    "gobernador gobernadora alcalde alcaldesa embajador embajadora governador governadora prefeito prefeita secretário "
    "secretária sottosegretario sindaco secrétaire minister regierungssprecher regierungssprecherin sts sts'in "
    "srs srs'in menteri presiden gubernur bupati bakan bakanı cumhurbaşkanı sözcü sözcüsü başkan "
    "başkanı başbakan başbakanı bakanı müsteşar müsteşarı genel müdürü yardımcısı vali valisi "
    "menhub menlu menkeu mendagri mendag menkes menko menhan mentan menag menpora menaker mensos wapres kapolri jubir "
    "wagub walikota wali ketua kepala panglima sekretaris direktur pengarah pengerusi timbalan juru bicara "
    "porta-voz embaixador embaixadora deputado deputada vereador vereadora rapporteur rapporteure député députée "
    "sénateur sénatrice premierministre woordvoerder minister-president staatssecretaris burgemeester rzecznik "
    "rzeczniczka wiceminister marszałek wojewoda portavoce assessore deputato deputata senatore senatrice "
    "người phát ngôn trưởng tịch thứ phó cục vụ bộ "
    "депутат губернатор мэр посол спикер пресс-секретарь замминистра "
    "министр президент премьер-министр 대변인 장관 차관 대통령 총리 국장"
)
TITLES = frozenset(_TITLES.split())
OFFICE = frozenset(_OFFICE.split()) | TITLES
_PARTICLE_WORDS = (
    "de da do dos das di du del della der den van von zu la le el al bin ibn binti bint ben y e dan af av ter"
)
PARTICLES = frozenset(_PARTICLE_WORDS.split())
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
    "seguir leer lire lesen baca "
    "step subscribe summary tags tel the their then there these they third this those three time tip tips title to "
    "guten good bonjour buenos buenas boa bom buongiorno selamat iyi dzień dobry добрый добро hello dear thanks "
    "ruang gedung aula room hall salle sala saal salón "
    "республика республику республики "
    "topic topics two update updated venue video warning watch we what when where which who why yes you your"
)
NOT_NAMES = frozenset(_OPENERS.split())
_WORD = re.compile(r"[^\W\d_][^\W\d_'’.\-–·]*(?:['’.\-–·]+[^\W\d_]+)*\.?")
HAN_NAME = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,4}|[\uac00-\ud7af]{2,4}|[\u4e00-\u9fff]{1,8}(?:[·•・][\u4e00-\u9fffA-Z.]{1,8}){1,3})$"
)


@known(2048, longest=100)
def plain(name: str) -> str:
    """A name without Mr., Ms., Dr. and blanks around it.

    >>> plain("Ms. Ada Lovelace ")
    'Ada Lovelace'
    """
    return HONORIFIC.sub("", name.strip()).strip(" ,;:：，；\u3000")


@known(2048, longest=100)
def key(name: str) -> str:
    """What two spellings of one name have in common: letters and digits, case aside."""
    return " ".join(re.findall(r"[^\W_]+", plain(name).casefold().replace("'", "").replace("’", "")))


@known(2048, longest=100)
def is_name(text: str, *, least: int = 2, most: int = 5) -> bool:
    """Whether a text has the shape of a person's name: capitalised words, particles between them."""
    text = plain(text)
    if HAN_NAME.match(text):
        return True
    words = re.sub(r"^((?:[^\W\d_]\.){1,2})(?=[^\W\d_]{2})", r"\1 ", text).split()  # "A.Lovelace"
    if not least <= len(words) <= most or words[0].lower().strip(".") in NOT_NAMES:
        return False
    if not all(_WORD.fullmatch(word) or word in ("&",) for word in words):
        return False
    big = [word for word in words if word[0].isupper()]
    small = [word for word in words if not word[0].isupper()]
    return len(big) >= least and words[-1][0].isupper() and all(word in PARTICLES for word in small)


@known(2048, longest=40)
def is_office(word: str) -> bool:
    word = word.casefold().strip(".,;’'")
    return word in OFFICE or _dotted(word) in _DOTTED or bool(_COMPOUND.fullmatch(word))


def _dotted(word: str) -> str:
    """A word with one kind of i: Turkish capitals have two, and Python makes the wrong small ones of them."""
    return word.replace("\u0131", "i").replace("i\u0307", "i")


_DOTTED = frozenset(_dotted(word) for word in OFFICE)


def is_event(word: str) -> bool:
    return word.casefold().strip(".,;") in EVENTS


# what headlines call a meeting with the press, English aside
PRESS_EVENT = (
    "记者会|發布會|記者會|发布会|吹风会|会見|브리핑|기자회견|conférence de presse|point de presse|pressekonferenz|"
    "rueda de prensa|conferencia de prensa|coletiva de imprensa|conferenza stampa|(?:jumpa|keterangan|konferensi) pers|"
    "họp báo|basın toplantısı|брифинг|пресс-конференци|persconferentie|konferencja prasowa|sajtótájékoztató"
)
# what a headline calls the event, before the office of the one who held it
_EVENT_WORDS = (
    "gaggle briefing remarks transcript statement conference readout interview speech address pers keterangan "
    "sambutan pidato discours déclaration rede erklärung comunicado toplantısı bilgilendirme açıklaması"
)
EVENTS = frozenset(_EVENT_WORDS.split())


HAN_OFFICE = (
    "(?:发言人|部长|司长|局长|主任|主席|省长|市长|县长|区长|总理|秘书长|大使|外相|长官|书记|院长|会长|董事长|总裁|"
    "总经理|理事长|所长|负责人|主任医师|医师|醫師|医生|醫生|工程师|導演|导演|老師|老师|創辦人|创始人|校长|馆长|总编辑|首席[\u4e00-\u9fff]{2,4}|署长|处长|行长|总监|专家|教授|研究员|委员|秘书|大臣|長官|報道官|發言人|部長|局長|市長|縣長|省長|總統|"
    "總理|院長|署長|處長|司長|行長|校長|館長|會長|董事長|所長|書記|總監|專員|组长|組長|科长|科長|知事|総理|会長|社長|室長|課長|次官|参事官)"
)
# The family names that nine in ten Chinese people bear, without those that are common words, too.
HAN_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "康倪滕殷毕傅齐伍穆祁狄臧庞熊纪舒屈项祝阮蓝闵季娄童颜梅盛骆樊凌霍虞柯宗宣洪左石吉邢裴翁荀甄曲靳焦仲宫宁仇栾甘符景"
    "乔翟申冉桑桂牛尚温庄晏柴瞿阎艾容耿匡寇欧聂敖冷辛简饶沙查郗盧湯畢齊龐紀項閔婁顏駱榮寧欒喬溫莊閻聶饒"
    "張劉陳楊黃趙吳孫馬羅鄭謝韓馮鄧蕭葉蘇魏呂盧賈韋鄒譚陸龔錢嚴萬湯許莊詹賴鍾簡游洪"
)


def is_han_office(text: str) -> bool:
    """Whether a text is the word for an office, with at most a prefix: `大臣`, `副市長`."""
    return bool(re.fullmatch(f"副?{HAN_OFFICE}", text))


def is_han(text: str) -> bool:
    return bool(HAN_NAME.match(text))


def is_han_person(text: str) -> bool:
    """Whether a text is two or three Chinese characters, the first a common family name."""
    return bool(re.fullmatch(r"[\u4e00-\u9fff]{2,3}", text)) and text[0] in HAN_SURNAMES


EVENT = r"(?:press conference|news conference|press briefing|news briefing|briefing|press gaggle)"
ANY_EVENT = f"{EVENT}|{PRESS_EVENT}"
