"""What counts as prose, and so where the body of a page ends and its frame begins."""

from __future__ import annotations

import pytest

from cleankit import recipe
from cleankit.model import Document
from cleankit.page import is_prose


@pytest.mark.parametrize(
    "text",
    [
        "The ferry left the harbour at nine with forty people on board.",
        "Uçuşlar hava koşullarına göre sabah saatlerinde yapılıyor.",
        "Lippuja myydään satamassa kesäkuun alusta joka arkipäivä.",
        "ชาวบ้านในจังหวัดน่านร่วมกันบูรณะสะพานไม้เก่าแก่อายุกว่าร้อยปี",
        "नाव सुबह नौ बजे चालीस लोगों को लेकर बंदरगाह से निकली।",
        "渡轮于九点离开港口，船上有四十名乘客和六名船员。",
    ],
)
def test_prose(text: str) -> None:
    assert is_prose(text)


@pytest.mark.parametrize(
    "text",
    [
        "İlgili Haberler",
        "Thank you very much.",
        "Thanks for asking. We've received your submission.",
        "ข่าวที่เกี่ยวข้อง",
        "นโยบายความเป็นส่วนตัว",
        "相关阅读",
        "Teşekkür ederim.",
    ],
)
def test_labels_and_thanks_are_none(text: str) -> None:
    assert not is_prose(text)


def test_a_short_last_sentence_ends_a_list_of_links() -> None:
    text = (
        "Balonlar bu sabah da yüzlerce konuğuyla birlikte erkenden havalandı.\n"
        "İlgili Haber\n"
        "Peribacaları arasında kahvaltı\n"
        "Uçuşlar hava koşullarına göre sabah saatlerinde yapılıyor.\n"
    )
    assert "Uçuşlar hava" in recipe.default().run(Document("page", text)).result.text


def test_a_thai_page_has_a_body() -> None:
    body = "ชาวบ้านในจังหวัดน่านร่วมกันบูรณะสะพานไม้เก่าแก่อายุกว่าร้อยปี\n"
    text = "หน้าแรก\nข่าว\nค้นหา\n" + body + "เศรษฐกิจ\n" + body + "ข่าวที่เกี่ยวข้อง\nสะพานใหม่ข้ามแม่น้ำเปิดใช้แล้ววันนี้\n"
    assert recipe.default().run(Document("page", text)).result.text == body + "เศรษฐกิจ\n" + body
