"""Lines that say of themselves what they are: fields of a header by their labels, stamps of publication."""

from __future__ import annotations

import re

from cleankit.briefing import dates

_KEYS = {
    "panel": (
        "speakers?|participants?|panell?ists?|(?:also |members |committee members )?present|witness(?:es)?|"
        "会見者|發言人|发言人|列席|chủ trì|tham dự|"
        "briefers?|presenters?|guests?|attendees|briefed by|出席(?:人[员員]|者|"
        "[领領]导)?|"
        "出席嘉宾|嘉宾|发布人|与谈人|與談人|主讲人|主講人|受访者|受訪者|接待人员|上市公司接待人员姓名|intervenants?|orateurs?|redner(?:innen)?|teilnehmer(?:innen)?|sprecher|ponentes|participantes|"
        "oradores|relatori|partecipanti|narasumber|pembicara|peserta|konuşmacılar|katılımcılar|спикеры|участники|"
        "출석자|발표자|登壇者|出席者"
    ),
    "chair": (
        "presiders?|chair|chairs|chairman|chairwoman|chairperson|chaired by|moderators?|moderated by|hosts?|"
        "hosted by|主持人|主持|"
        "modérateur|modératrice|présidence|moderation|moderator(?:in)?|moderadora?|moderatore|ketua|pembawa acara|"
        "moderatör|oturum başkanı|ведущий|ведущая|модератор|사회자|司会"
    ),
    "date": (
        "thời gian|"
        "会見日時|開催日時|date|date and time|event date|when|日期|时间|時間|fecha|datum|data|tanggal|hari/tanggal|"
        "tarih|"
        "дата|"
        "일시|"
        "日時|"
        "date et heure"
    ),
    "published": (
        "published|posted|publication date|发布时间|发布日期|publié le|veröffentlicht|publicado|diterbitkan|"
        "yayın tarihi|작성일|등록일|게시일|掲載日|公開日|дата публикации|publicado em|pubblicato il|data publikacji"
    ),
    "venue": (
        "địa điểm|"
        "会見場所|開催場所|venue|place|location|where|地点|地點|场所|lieu|ort|veranstaltungsort|lugar|local|luogo|tempat|lokasi|yer|место|"
        "장소|場所"
    ),
    "source": (
        "source|sources|来源|來源|媒体|媒體|資料來源|信息来源|"
        "quelle|fuente|fonte|sumber|kaynak|источник|출처|부서명|담당부서"
    ),
    "author": "author|by|作者|记者|auteur|autor|autore|penulis|yazar|автор|text by|written by",
}

_KEY = {name: re.compile(form, re.IGNORECASE) for name, form in _KEYS.items()}

STAMP = re.compile(
    r"^\W*(?:last\s+)?(?:updated|published|posted|modified|created|release date|publié|mis à jour|veröffentlicht|"
    r"aktualisiert|stand|publicado|actualizado|diterbitkan|dipublikasikan|güncelleme|yayınlanma|обновлено|"
    r"опубликовано|发布时间|更新时间|来源|來源)\b",
    re.IGNORECASE,
)

STAMP_WORD = re.compile(
    rf"{STAMP.pattern}(?:\s+(?:on|le|am|el|pada|at|in))?\s*[:：]?|^(?:on|at|source|来源|來源|时间|quelle|fuente)\b\s*[:：]?|"
    r"^(?:发布|更新)?(?:时间|日期)\s*[:：]?|(?:updated|published|posted)\s*:?$",
    re.IGNORECASE,
)

_SOURCE = re.compile(r"^(?:source|来源|來源|quelle|fuente|fonte|sumber|kaynak|источник)s?\s*[:：]", re.IGNORECASE)


# "一、時  間", "• Source"
_LISTED = re.compile(r"^(?:[•·※▪*]\s*|[一二三四五六七八九十]{1,2}、|\d{1,2}[.、]\s*)")
_HAN_BLANK = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")


def key_of(text: str) -> str | None:
    """Which header field a label opens, if any."""
    text = _HAN_BLANK.sub("", _LISTED.sub("", text.strip()))
    return next((name for name, form in _KEY.items() if form.fullmatch(text)), None)


# "China SCIOUpdated: …", "By NAME (SITE) Updated: …": the word stands behind whom it belongs to, glued or not
STAMP_INSIDE = re.compile(r"(?<=[\w)\]])\s*(?=(?:Updated|Published|Posted)\s?:)")


def is_stamp(text: str) -> bool:
    """Whether a line says when and by whom the page was put out."""
    day = next(dates.find(text), None)
    if STAMP.match(text):
        return day is not None or bool(_SOURCE.match(text))
    if day is not None and (inside := STAMP_INSIDE.search(text)) and inside.end() < day.start:
        return True
    if day is not None and day.start < 3 and _CHANGED_THEN.search(text[day.end :]):
        return True
    # "2023-10-12 08:05  Source: NAME"
    return day is not None and day.start < 3 and bool(_SOURCE.match(dates.CLOCK.sub("", text[day.end :]).strip(" |-")))


_CHANGED_THEN = re.compile(
    r"^.{0,20}\b(?:last )?(?:updated?|modified|mis à jour|aktualisiert|actualizado|atualizado|aggiornato|diperbarui|"
    r"güncelleme|"
    r"обновлено)\b",
    re.IGNORECASE,
)
