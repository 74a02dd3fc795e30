"""A paragraph's language: right where it says one, and silent where the text is too short to tell."""

from __future__ import annotations

import pytest

from cleankit import language

PROSE = {
    "en": "The harbour was opened on Monday by the mayor, who said that it would bring work to the town.",
    "zh": "港口于周一由市长宣布启用，他表示这将为全镇带来就业机会。",
    "ja": "港は月曜日に市長によって開かれ、町に仕事をもたらすと述べた。",
    "ko": "항구는 월요일에 시장이 개장했으며, 마을에 일자리를 가져올 것이라고 말했다.",
    "th": "ท่าเรือเปิดเมื่อวันจันทร์โดยนายกเทศมนตรี ซึ่งกล่าวว่าจะนำงานมาสู่เมือง",
    "fr": "Le port a été ouvert lundi par le maire, qui a déclaré que cela apporterait du travail à la ville.",
    "de": "Der Hafen wurde am Montag eröffnet, und der Bürgermeister sagte, dass er der Stadt Arbeit bringen werde.",
    "es": "El puerto fue inaugurado el lunes por el alcalde, quien dijo que traería trabajo a la ciudad.",
    "pt": "O porto foi inaugurado na segunda-feira pelo prefeito, que disse que traria trabalho para a cidade.",
    "id": "Pelabuhan itu dibuka pada hari Senin oleh wali kota, yang mengatakan bahwa itu akan membawa pekerjaan.",
    "tr": "Liman pazartesi günü belediye başkanı tarafından açıldı ve şehre iş getireceğini söyledi.",
    "vi": "Cảng được thị trưởng khai trương vào thứ Hai, người nói rằng nó sẽ mang lại việc làm cho thành phố.",
    "ru": "Порт был открыт в понедельник мэром, который сказал, что он принесёт городу работу.",
    "ar": "افتتح رئيس البلدية الميناء يوم الاثنين، وقال إنه سيوفر فرص عمل في المدينة.",
    "hu": "A kikötőt hétfőn nyitotta meg a polgármester, aki azt mondta, hogy munkát hoz a városnak.",
    "it": "Il porto è stato inaugurato lunedì dal sindaco, che ha detto che porterà lavoro alla città.",
    "pl": "Port został otwarty w poniedziałek przez burmistrza, który powiedział, że przyniesie miastu pracę.",
    "nl": "De haven werd maandag geopend door de burgemeester, die zei dat het werk naar de stad zou brengen.",
}


@pytest.mark.parametrize(("code", "text"), PROSE.items(), ids=PROSE)
def test_a_sentence_tells_its_language(code: str, text: str) -> None:
    assert language.of_text(text) == code
    assert language.of_page([text, text])[0].lang == code


@pytest.mark.parametrize("text", ["Thank you.", "SCIO briefing", "Brightholm", "Ostra:", "12 May 2016", "", "• • •"])
def test_a_label_tells_none(text: str) -> None:
    assert language.of_text(text) == language.UNKNOWN


def test_a_host_name_before_a_phrase_does_not_decide() -> None:
    assert language.of_text("www.example.com 港口新闻") == "zh"
    assert language.of_text("example.com/harbour/news 관련 기사") == "ko"


def test_a_label_takes_the_language_of_what_stands_before_it() -> None:
    assert _of_lines([PROSE["en"], "Ostra:", PROSE["de"], "Vell:"]) == ["en", "en", "de", "de"]
    assert _of_lines(["Ostra:", PROSE["fr"]]) == ["fr", "fr"]


def test_foreign_names_do_not_turn_an_english_sentence() -> None:
    text = (
        "The mayor of Eskişehir met with Mr. Doğan and Ms. Yıldız to talk about the plans for the harbour of the town."
    )
    assert language.of_text(text) == "en"


def test_the_verdict_is_the_same_every_time() -> None:
    text = "Ostra Vell Kestrel Brightholm " * 8
    assert len({language.detect(text) for _ in range(20)}) == 1


def test_a_title_in_han_letters_on_a_japanese_page_is_japanese() -> None:
    lines = ["外務大臣会見記録", PROSE["ja"], "（令和3年7月13日）", PROSE["ja"]]
    assert set(_of_lines(lines)) == {"ja"}
    assert [share.lang for share in language.of_page(lines)] == ["ja"]
    assert _of_lines([PROSE["zh"], PROSE["ja"], PROSE["zh"]]) == ["zh", "ja", "zh"]


def test_a_stop_while_profiles_are_read_is_a_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    language._factory.cache_clear()
    monkeypatch.setattr("langdetect.detector_factory.json.load", stopped)
    with pytest.raises(KeyboardInterrupt):
        language._factory()
    language._factory.cache_clear()


def test_langdetect_is_asked_where_much_is_left_open(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(language, "detect", lambda text: asked.append(text) or "sk")
    name = "Ms. Ada Vell, Second Deputy Secretary, Ministry of Harbours, Republic of Ostra"
    assert [one.lang for one in language.of_page([*[PROSE["en"]] * 30, name])] == ["en"]
    assert not asked
    assert [one.lang for one in language.of_page([PROSE["en"], name])] == ["en", "sk"]
    assert asked == [name]


def _of_lines(texts: list[str]) -> list[str]:
    """The language of each line, whichever is asked for first."""
    forward, backward = language.OfLines(texts), language.OfLines(texts)
    found = [forward[number] for number in range(len(texts))]
    assert [backward[number] for number in reversed(range(len(texts)))] == found[::-1]
    assert forward == backward == language.OfLines(texts)
    return found
