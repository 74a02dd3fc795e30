"""Korean names and offices: `문가람 / 항만청 대변인`, `시설기획단 오해늘 과장`."""

from __future__ import annotations

from cleankit.briefing.model import RoleLine
from cleankit.lazy import expression

# The family names that nearly all Koreans bear.
_SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄채원천방공현함변염여추도소석선설마길"
    "연위표명기반왕금옥육인맹제모탁국어은편용"
)
NAME = rf"[{_SURNAMES}][\uac00-\ud7a3]{{1,3}}"
# Offices end a compound: `물관리정책실장`.
_OFFICE = (
    r"[\uac00-\ud7a3]{0,12}(?:대변인|장관|차관|차관보|실장|국장|과장|부장|팀장|단장|원장|본부장|위원장|위원|총리|대통령|시장|도지사|지사|교수|연구관|"
    r"연구원|사무관|서기관|청장|처장|의원|대표|감독|사장|회장|이사|센터장|소장|정책관|조정관|기획관|심의관|수석|비서관|보좌관|담당관|행정관|총장|의장|대사|검사|경찰관|작가|배우|선수)"
)
_BEFORE = expression(rf"(?P<name>{NAME})\s?[/,·]\s?(?P<role>\S.{{1,60}})")
_BETWEEN = expression(rf"(?:(?P<house>\S.{{0,40}}?)\s)?(?P<name>{NAME})\s(?P<office>{_OFFICE})")
_BEHIND = expression(rf"(?P<role>(?:\S.{{0,40}}?\s)?{_OFFICE})\s(?P<name>{NAME})")
_ANY_OFFICE = expression(_OFFICE)


def titled(text: str) -> RoleLine | None:
    """The name and the office that a line holds, and nothing else.

    >>> titled("문가람 / 항만청 대변인"), titled("시설기획단 오해늘 과장").name
    (RoleLine(name='문가람', role='항만청 대변인'), '오해늘')
    """
    if (hit := _BEFORE.fullmatch(text)) and _ANY_OFFICE.fullmatch(hit["role"].split()[-1]):
        return RoleLine(hit["name"], hit["role"])
    if hit := _BETWEEN.fullmatch(text):
        return RoleLine(hit["name"], " ".join(filter(None, (hit["house"], hit["office"]))))
    if hit := _BEHIND.fullmatch(text):
        return RoleLine(hit["name"], hit["role"])
    return None


_INTRODUCED = expression(rf"(?P<role>(?:[\uac00-\ud7a3]{{2,14}}\s){{0,2}}{_OFFICE})\s(?P<name>{NAME})입니다")


def introduced(text: str) -> RoleLine | None:
    """Who says with office and name who is speaking.

    >>> introduced("항만청 해안정책관 신도율입니다.")
    RoleLine(name='신도율', role='항만청 해안정책관')
    """
    hit = _INTRODUCED.search(text)
    return RoleLine(hit["name"], hit["role"]) if hit else None
