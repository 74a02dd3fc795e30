"""What a transcript tells of the room, in brackets between the words: `(Laughter.)`, `（掌声）`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleankit.lazy import expression

_HEARD = (
    # English
    r"laughter|laughs?|laughing|chuckles?|chuckling|applause|applauds|clapping|cheers|cheering|boos|booing|"
    r"cross-?\s?talk|"
    r"overlapping (?:conversations?|speech|speakers)|simultaneous (?:speech|conversation)|pauses?|long pause|silence|"
    r"sighs?|coughs?|sneezes|"
    r"inaudible|unintelligible|indiscernible|no audible (?:response|answer)|no (?:verbal )?response|"
    r"off[- ]?(?:mic|mike|microphone)|(?:shakes|nods|shaking|nodding) (?:his |her |their )?head|nods|smiles|gestures?|"
    r"in progress|(?:a |the )?moment of silence(?: is observed)?|"
    r"(?:a |the )?(?:video|film|clip|slide|music|recording|song|bell|phone|telephone)s? (?:is |are )?"
    r"(?:shown|played|plays?|begins|ends|concludes|rings|ringing)|"
    r"(?:as (?:interpreted|translated|delivered)|(?:via|through|by) (?:an? |the )?(?:interpreter|translator|"
    r"interpretation|translation))|"
    r"(?:speaks|speaking|spoken|spoke|said|in|answers?|replies|asks|begins) (?:in )?(?:English|French|Spanish|German|"
    r"Italian|Portuguese|"
    r"Russian|Chinese|Mandarin|Japanese|Korean|Arabic|Turkish|Polish|Ukrainian|Hindi|Dari|Hebrew|Dutch|Greek)|"
    # German, French, Spanish, Portuguese, Italian
    r"heiterkeit|gelächter|lacht|lachen|beifall|applaus|zurufe?|(?:akustisch )?unverständlich|"
    r"rires?|applaudissements|hors micro|brouhaha|sourires?|"
    r"risas?|ríe|aplausos?|ininteligible|fuera de micrófono|silencio|risos?|aplauso|inaudível|risate|ride|applausi|"
    # Turkish, Indonesian, Russian
    r"gülüşmeler|gülmeler|gülüyor|alkış(?:lar)?|anlaşılm[ıa]yor|anlaşılamadı|"
    r"tertawa|tawa|tepuk tangan|tidak terdengar|jeda|смех|смеётся|аплодисменты|неразборчиво|"
    # Chinese, Japanese, Korean
    r"(?:全场|众人)?大?(?:笑声?|掌声|鼓掌)|众笑|笑了|热烈鼓掌|听不清|笑い|拍手|웃음|박수"
)
_ROOM = (
    r"(?:(?:general|loud|light|scattered|brief|more|some|audience|and|then|from the (?:audience|floor|press)|"
    r"in the (?:room|audience)|"
    r"continues|ends|begins|全场|热烈|长时间的?|allgemeine|anhaltender|vifs|grandes|nutridos)\b,?\s*)*"
)
_DIRECTION = expression(
    rf"[(\[（【]\s*{_ROOM}(?:{_HEARD})(?:[\s,、，]*(?:and|und|et|y|e|ve|dan|"
    rf"и)?\s*{_ROOM}(?:{_HEARD})?)*\s*[.!。]?\s*[)\]）】]",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[tuple[int, int, str]]:
    """The stage directions of a paragraph: start, end, and the words without brackets.

    >>> list(find("That was the last ferry. (Laughter and applause.) Thank you."))
    [(25, 49, 'Laughter and applause')]
    """
    if not any(mark in text for mark in "([（【"):
        return
    for hit in _DIRECTION.finditer(text):
        yield hit.start(), hit.end(), hit[0].strip("()[]（）【】 \t.!。")
