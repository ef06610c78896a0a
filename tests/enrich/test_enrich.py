from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tipsearch.enrich import enrich, warm_up
from tipsearch.model import Extraction, Fact, Field, FileState, Origin, Page, Record, RecordKind

ENGLISH = "In Ghana, children work on cocoa farms. The government of Ghana has laws against child labour. "
SPANISH = "En Colombia, los niños trabajan en el campo. El gobierno de Colombia tiene leyes sobre el trabajo infantil. "


def run(*facts: Fact, pages: tuple[str, ...] = (), kind: RecordKind = RecordKind.DOCUMENT) -> Record:
    texts = tuple(Page(number, text) for number, text in enumerate(pages, 1))
    extraction = Extraction(FileState.OK, "text/plain", (Record(kind, facts, texts),))
    return enrich(extraction).records[0]


def title(text: str) -> Fact:
    return Fact(Field.TITLE, text, Origin.SOURCE)


def declared(language: str) -> Fact:
    return Fact(Field.LANGUAGE, language, Origin.SOURCE, 0.3)


def test_a_document_gets_language_regions_and_topics() -> None:
    record = run(title("Cocoa in Ghana"), pages=(ENGLISH * 3, ENGLISH * 3))
    assert record.all(Field.LANGUAGE) == ("en",)
    assert record.all(Field.REGION) == ("ghana",)
    assert "child-labour" in record.all(Field.TOPIC)
    assert [page.language for page in record.pages] == ["en", "en"]


def test_the_text_is_believed_more_than_the_declared_language() -> None:
    assert run(declared("en"), pages=(SPANISH * 3,)).all(Field.LANGUAGE) == ("es",)


def test_a_declared_language_that_detection_cannot_tell_stands() -> None:
    malay = (
        "Setiap orang yang bekerja untuk orang lain boleh mendapat upah penuh dan menyimpan dokumen sendiri. "
    )
    assert run(pages=(malay * 3,)).all(Field.LANGUAGE) == ("id",)
    assert run(declared("ms"), pages=(malay * 3,)).all(Field.LANGUAGE) == ("ms",)
    assert run(declared("ms"), pages=("Рабочие должны получать свою зарплату, это мы знаем. " * 3,)).all(
        Field.LANGUAGE
    ) == ("ru",)


def test_too_little_text_leaves_the_declared_language() -> None:
    assert run(declared("fr-CA"), pages=("2019",)).all(Field.LANGUAGE) == ("fr",)
    assert run(pages=("2019",)).all(Field.LANGUAGE) == ()


def test_a_card_is_judged_by_title_tags_and_teaser() -> None:
    tag = Fact(Field.TAG, "Europe", Origin.SOURCE)
    record = run(
        title("Underground lives"), tag, pages=("At least 5,000 children in the UK.",), kind=RecordKind.CARD
    )
    found = {(fact.value, fact.origin) for fact in record.facts if fact.field is Field.REGION}
    assert found == {("europe", Origin.SOURCE), ("united-kingdom", Origin.DETECTED)}


def test_categories_become_types() -> None:
    record = run(
        Fact(Field.CATEGORY, "Guidance", Origin.SOURCE), Fact(Field.CATEGORY, "Publications", Origin.SOURCE)
    )
    assert record.all(Field.TYPE) == ("guidance", "publication")


def test_without_a_text_the_abstract_speaks() -> None:
    abstract = Fact(Field.ABSTRACT, "Forced labour in the garment sector of Jordan.", Origin.SOURCE)
    record = run(title("A study"), abstract)
    assert record.all(Field.REGION) == ("jordan",)
    assert record.pages == ()


def test_a_title_alone_is_read_in_its_own_language() -> None:
    record = run(title("La trata de personas en Tailandia y los países vecinos"))
    assert record.all(Field.REGION) == ("thailand",)
    assert "trafficking" in record.all(Field.TOPIC)


def test_the_input_is_left_alone() -> None:
    extraction = Extraction(
        FileState.OK, "", (Record(RecordKind.DOCUMENT, (title("Ghana"),), (Page(1, ENGLISH),)),)
    )
    before = repr(extraction)
    enrich(extraction)
    assert repr(extraction) == before


def test_an_extraction_without_records_stays_as_it_is() -> None:
    empty = Extraction(FileState.ENCRYPTED, "application/pdf", (), "needs a password")
    assert enrich(empty) == empty


def test_warming_up_twice_is_harmless() -> None:
    warm_up()
    warm_up()


values = st.text(max_size=40) | st.sampled_from(
    ["Georgia", "MENA", "TIP", "law", "en", ENGLISH, SPANISH, "U.S.", "عمل الأطفال", "強迫勞動"]
)
facts = st.builds(Fact, st.sampled_from(Field), values, st.sampled_from(Origin), st.floats(0, 1))
texts = st.lists(values, max_size=4).map(" ".join)


@pytest.mark.parametrize("kind", RecordKind)
@example(
    [Fact(Field.ABSTRACT, "Georgia", Origin.DETECTED), Fact(Field.ABSTRACT, "Georgia", Origin.DETECTED)], []
)
@given(st.lists(facts, max_size=6), st.lists(texts, max_size=4))
def test_any_record_is_enriched_and_a_second_time_changes_nothing(
    kind: RecordKind, given_facts: list[Fact], pages: list[str]
) -> None:
    numbered = tuple(Page(number, text) for number, text in enumerate(pages, 1))
    extraction = Extraction(FileState.OK, "", (Record(kind, tuple(given_facts), numbered),))
    once = enrich(extraction)
    assert enrich(once) == once
    assert all(0 <= fact.weight <= 1 for fact in once.records[0].facts)
