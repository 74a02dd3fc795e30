"""Lines beside what was said: captions of pictures, and what the publisher says of the text."""

from __future__ import annotations

import re

from cleankit.lazy import expression

# A caption is believed where it names who took or sold the picture, in a form that speech has not.
LONGEST_CAPTION, LONGEST_DISCLAIMER = 600, 900
_CAPTION = expression(
    r"^.{0,560}[\[(（【]\s*(?:file )?(?:photos?|pictures?|images?|fotos?|bild|crédit(?: photo)?s?|"
    r"图片来源|摄影|图|圖|攝影)"
    r"(?:\s*(?:credits?|courtesy))?\s*(?:by|from|via|of|/|:|：|来源)\s*[^\])）】]{2,80}[\])）】]\s*\.?$|"
    r"^.{20,560}[(（\[](?:[^()（）\[\]]{0,40}[/|]\s*)?(?:xinhua|reuters|afp|epa|getty images|vcg|imaginechina|dpa|"
    r"antara|anadolu|"
    r"新华社|中新社|视觉中国|ap photo)(?:[/|][^()（）\[\]]{2,40})?[)）\]]$|"
    r"^(?:file )?(?:photo|picture|image|foto|bild)s?(?: (?:by|credit|courtesy of|credits))?\s*[:：]\s*\S.{2,160}$|"
    r"^(?:图为|图片说明|图说|上图|下图|圖為).{4,200}$|^.{4,200}(?:新华社|中新社|记者|記者)\s?[\u4e00-\u9fff·]{2,8}\s?[摄攝]\s?[。）)]?$|"
    r"^[^.!?]{4,200}\bphoto(?:graph)?s? by [A-Z][^.!?]{2,60}$",
    re.IGNORECASE,
)
_THIS = r"(?:this|these|the (?:following|above)|our|the|dieses?r?|das|die|der|cet(?:te)?|ce|le|la|esta?|el|ini|bu)\s"
_TEXT_OF = (
    r"(?:\w+ ){0,3}?(?:transcript(?:ion)?s?|interviews?|conversation|translation|q ?& ?a|"
    r"(?:english|unofficial|written) version|transkript|gespräch|mitschrift|wortprotokoll|fassung|retranscription|"
    r"entretien|verbatim|transcripción|"
    r"versión estenográfica|entrevista|traducción|traduction|übersetzung|transkrip|naskah|wawancara|terjemahan|"
    r"söyleşi|röportaj|çeviri)\b"
)
_STATE = (
    r"(?:(?:lightly |slightly )?(?:edited|condensed|abridged|shortened)|for (?:clarity|length|brevity|reference)|"
    r"a rush|unofficial|uncorrected|(?:automatically|machine)[- ](?:generated|translated|transcribed)|"
    r"(?:not (?:been|yet)|without being) \w+|may (?:contain|differ|include)|prevails?|authoritative|"
    r"gekürzt|redigiert|redaktionell|unkorrigiert|maßgeblich|éditée?|condensée?|relue?|fait foi|editad[oa]|"
    r"condensad[oa]|no oficial|disunting|diedit|tidak resmi|kısaltıl\w*|düzenlen\w*|resmi olmayan)\b"
)
_DISCLAIMER = expression(
    rf"^\W*(?:(?:editor['’]?s?|publisher['’]s|translator['’]s)? ?(?:note|notice|disclaimer)s?\s*[:：.–—-]\s*)?"
    rf"{_THIS}{_TEXT_OF}.{{0,200}}?\b{_STATE}|"
    rf"^\W*{_THIS}is an? (?:unofficial|rush|uncorrected) {_TEXT_OF}|"
    rf"^\W*{_TEXT_OF} (?:has|have|was|were|is|may)\b.{{0,120}}?\b{_STATE}|"
    r"^\W*in (?:the )?(?:case|event) of (?:any )?(?:discrepanc|inconsistenc|difference)|"
    r"^\W*es gilt das gesprochene wort|^\W*seul le prononcé fait foi|^\W*check against delivery|"
    r"^\W*(?:本文|以上|本实录|本內容|文字实录|文字實錄).{0,40}(?:速记|整理|仅供参考|僅供參考|为准|為準|未经.{0,8}(?:审阅|核对|审核))",
    re.IGNORECASE,
)

_REPORTED = expression(r"\b(?:said|says|told)\b")


def is_caption(text: str) -> bool:
    """Whether a paragraph is the caption of a picture.

    >>> is_caption("The minister opens the pier in Port Alder, May 4, 2022. [Photo by Jan Roth/Harbour News]")
    True
    """
    return len(text) <= LONGEST_CAPTION and bool(_CAPTION.match(text))


def is_disclaimer(text: str) -> bool:
    """Whether a paragraph says how far the text can be trusted.

    >>> is_disclaimer("This interview has been edited for length and clarity.")
    True
    """
    return len(text) <= LONGEST_DISCLAIMER and bool(_DISCLAIMER.match(text)) and not _REPORTED.search(text)
