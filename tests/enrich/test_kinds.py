"""Which type a document gets whose source gives none, and by what it is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.enrich import enrich, kinds
from tipsearch.enrich.kind_of_title import kind_of_title
from tipsearch.enrich.kind_words import kind_words
from tipsearch.model import Evidence, Extraction, Fact, Field, FileState, Origin, Page, Record, RecordKind
from tipsearch.vocabulary import types

PDF, HTML, TEXT = "application/pdf", "text/html", "text/plain"
PROSE = "Families live beside the kilns, mould bricks by hand and carry them to the fire. Most have taken money in advance. "


def detect(
    *pages: str,
    title: str = "",
    language: str = "en",
    media_type: str = TEXT,
    kind: RecordKind = RecordKind.DOCUMENT,
    said: tuple[Fact, ...] = (),
) -> tuple[Fact, ...]:
    facts = (*said, *([Fact(Field.TITLE, title, Origin.SOURCE)] if title else []))
    texts = tuple(Page(number, text, language=language) for number, text in enumerate(pages, 1))
    return kinds.detect(kind, media_type, facts, texts, language)


def value(*pages: str, **how: str) -> str | None:
    found = detect(*pages, **how)  # type: ignore[arg-type]
    return found[0].value if found else None


def test_the_name_of_a_kind_in_the_title_is_evidence() -> None:
    (fact,) = detect(PROSE, title="Guidelines on the identification of victims")
    assert (fact.field, fact.value, fact.origin) == (Field.TYPE, "guidance", Origin.DETECTED)
    assert fact.weight == 0.7
    assert fact.evidence == (Evidence("title", "Guidelines on the identification of victims"),)


def test_a_text_that_agrees_with_the_title_makes_it_surer() -> None:
    text = (
        "This toolkit is for labour inspectors. You should read it before a visit, and you must keep notes. "
    )
    (fact,) = detect(text * 2, title="A toolkit")
    assert (fact.value, fact.weight) == ("guidance", 0.8)
    assert [one.where for one in fact.evidence] == ["title", "text", "text"]
    assert fact.evidence[1].quote == "This toolkit"
    assert fact.evidence[1].pages == (1,)


@pytest.mark.parametrize("given", [Origin.SOURCE, Origin.LIBRARIAN])
def test_a_given_type_is_never_added_to(given: Origin) -> None:
    said = (Fact(Field.TYPE, "good-practice", given),)
    assert detect(PROSE, title="Guidelines on identification", said=said) == ()


def test_a_type_detected_before_is_no_given_one() -> None:
    said = (Fact(Field.TYPE, "good-practice", Origin.DETECTED),)
    assert [fact.value for fact in detect(PROSE, title="Guidelines on identification", said=said)] == [
        "guidance"
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            (
                "12. (1) A person who recruits another shall be punishable with imprisonment for ten years.\n"
                "(2) Notwithstanding subsection (1), the court shall have regard to the age of the person.\n"
                "(3) In this section, a person means a natural person.\n"
            ),
        ),
        (
            "es",
            (
                "Artículo 1. La presente ley tiene por objeto prevenir la trata.\nArtículo 2. Será sancionado con pena de prisión "
                "de ocho años quien capte a otra persona.\nArtículo 3. Esta ley rige en todo el país.\n"
            ),
        ),
        (
            "fr",
            (
                "Article 1\nLa présente loi s'applique à toute personne.\nArticle 2\nEst puni de sept ans quiconque recrute une "
                "personne.\nArticle 3\nLes alinéas précédents s'appliquent.\n"
            ),
        ),
        (
            "pt",
            (
                "Artigo 1 Esta lei dispõe sobre a prevenção.\nArtigo 2 Será punido com pena de reclusão quem aliciar.\n"
                "Parágrafo único. A pena é aumentada.\n"
            ),
        ),
        (
            "ru",
            (
                "Статья 1. Цели настоящего закона\nСтатья 2. Вербовка человека наказывается лишением свободы.\n"
                "Статья 3. Действие настоящего закона\n"
            ),
        ),
        (
            "ar",
            "المادة 1\nيقصد في هذا القانون بالضحية الشخص.\nالمادة 2\nيعاقب بالسجن كل من جند شخصا.\nالمادة 3\nلا يجوز ذلك.\n",
        ),
        (
            "zh",
            "第一条 为了保护公民,制定本法。\n第二条 拐卖人口的,处以五年以上有期徒刑。\n第三条 本法自公布之日起施行。\n",
        ),
    ],
)
def test_a_law_is_told_by_its_articles_and_wording(language: str, text: str) -> None:
    (fact,) = detect(text, language=language)
    assert fact.value == "standards-codes-of-conduct"
    assert fact.evidence[0].where == "text"
    assert fact.evidence[0].count >= 2


def test_an_enacting_formula_makes_a_law_of_less_dense_wording() -> None:
    text = (
        "Be it enacted by Parliament as follows. "
        + PROSE * 6
        + "An officer shall keep the papers, and the court shall return them."
    )
    assert value(text) == "standards-codes-of-conduct"
    assert value(text.replace("Be it enacted by Parliament as follows. ", "")) is None


@pytest.mark.parametrize(
    "text",
    [
        "FOR IMMEDIATE RELEASE\nTwo men were convicted today of holding workers in servitude.",
        "GENEVA, 12 May 2023 – Two men were convicted today of holding workers in servitude.",
        "WASHINGTON (News Service) — Two men were convicted today of holding workers in servitude.",
        "COMUNICADO DE PRENSA\nDos hombres fueron condenados hoy.",
        "Пресс-релиз\nСегодня двое мужчин осуждены за торговлю людьми.",
    ],
)
def test_a_press_release_is_told_by_its_head(text: str) -> None:
    assert value(text) == "news-analysis"


def test_a_long_text_that_begins_like_a_press_release_is_none() -> None:
    assert value("GENEVA, 12 May 2023 – Two men were convicted.", *[PROSE * 30] * 12) is None


def test_a_text_of_tables_is_statistics() -> None:
    table = "\n".join(f"Region {at} {at * 7} {at * 11} {at * 13} {at}.5" for at in range(100, 180))
    (fact,) = detect(table)
    assert (fact.value, fact.weight) == ("publication", 0.5)
    assert fact.evidence[0].count >= 100


@pytest.mark.parametrize(
    ("label", "found"),
    [
        ("FACT SHEET", "publication"),
        ("FREQUENTLY ASKED QUESTIONS:", "guidance"),
        ("Policy brief 12", "publication"),
        ("Training", None),
        ("(1) Report", None),
    ],
)
def test_a_line_that_is_the_name_of_a_kind_tells_it(label: str, found: str | None) -> None:
    assert value(f"Ministry of Work\n{label}\n{PROSE}", title="Recruitment fees") == found


def test_a_law_in_a_title_yields_to_what_the_text_says_it_is() -> None:
    text = f"FREQUENTLY ASKED QUESTIONS\nExecutive Order 99\n{PROSE}"
    assert value(text, title="Executive Order 99") == "guidance"
    assert value(PROSE, title="Executive Order 99") == "standards-codes-of-conduct"


def test_what_a_text_calls_itself_counts_if_it_says_so_at_once_or_often() -> None:
    mention = "This handbook may help. "
    assert value(mention + PROSE) == "guidance"
    assert value(PROSE * 20 + mention) is None
    assert value(PROSE * 20 + mention * 2) == "guidance"
    assert value(mention + "This report does not. " + PROSE) is None


def test_a_pdf_of_some_length_without_any_sign_is_a_publication_with_little_weight() -> None:
    (fact,) = detect(PROSE, PROSE, media_type=PDF)
    assert (fact.value, fact.weight) == ("publication", 0.25)
    assert fact.evidence == (Evidence("length", "2 pages"),)
    assert detect(PROSE, media_type=PDF) == ()
    assert detect(PROSE, PROSE, media_type=TEXT) == ()
    assert detect(PROSE * 50, media_type=HTML) == ()


def test_of_a_card_only_the_title_counts() -> None:
    card = RecordKind.CARD
    assert detect("This handbook is for all. " + PROSE, kind=card) == ()
    assert [one.value for one in detect(PROSE, title="Handbook for judges", kind=card)] == ["guidance"]


@pytest.mark.parametrize(
    ("category", "found"),
    [
        ("Guías y manuales", "guidance"),
        ("Research & Reports", "publication"),
        ("Graphics/Infographics", "graphics-infographics"),
        ("News & Publications", None),
        ("Reports & Women", None),
    ],
)
def test_a_category_of_two_names_counts_if_both_mean_the_same(category: str, found: str | None) -> None:
    said = (Fact(Field.CATEGORY, category, Origin.SOURCE, 0.8),)
    facts = detect(PROSE, said=said)
    assert [fact.value for fact in facts] == ([found] if found else [])
    assert all(
        (fact.origin, fact.weight, fact.evidence) == (Origin.SOURCE, 0.8, (Evidence("category", category),))
        for fact in facts
    )


def test_enriching_finds_a_type_and_enriching_again_changes_nothing() -> None:
    facts = (Fact(Field.TITLE, "Handbook for judges", Origin.SOURCE),)
    once = enrich(Extraction(FileState.OK, PDF, (Record(RecordKind.DOCUMENT, facts, (Page(1, PROSE),)),)))
    assert once.records[0].all(Field.TYPE) == ("guidance",)
    assert enrich(once) == once


def test_the_title_s_language_decides_which_words_are_names_of_kinds() -> None:
    assert kind_of_title("Balance de cinco años", "es") is not None
    assert kind_of_title("Balance of power", "en") is None
    assert kind_of_title("Manual for judges", "ms") is not None


def test_all_kinds_are_types() -> None:
    assert all(one in types() for one in kind_words().values.values())
    assert {phrase.kind for some in kind_words().phrases.values() for phrase in some} == set(
        kind_words().values
    )


@given(st.text(max_size=200), st.sampled_from(["en", "zh", "ar", None]))
def test_any_title_and_text_is_judged_without_fail(text: str, language: str | None) -> None:
    named = kind_of_title(text, language)
    assert named is None or named.kind in kind_words().values
    for fact in kinds.detect(RecordKind.DOCUMENT, PDF, (), (Page(1, text),), language):
        assert fact.value in types()
        assert fact.evidence
