from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.enrich import Tagger, enrich, fingerprint, retag, tagger
from tipsearch.enrich.tagger import same_places
from tipsearch.model import Extraction, Fact, Field, FileState, Origin, Page, Record, RecordKind
from tipsearch.vocabulary import ConceptData, Vocabularies, Vocabulary, standard

if TYPE_CHECKING:
    import pytest

ENGLISH = "In Ghana, children work on cocoa farms. The government of Ghana has laws against child labour. "
SPANISH = "En Colombia, los niños trabajan en el campo. El gobierno de Colombia tiene leyes sobre el trabajo infantil. "


def with_topic(*concepts: ConceptData, without: tuple[str, ...] = ()) -> Vocabularies:
    content = standard().topics.content
    kept = tuple(
        one for one in content.concepts if one.value not in {*without, *(new.value for new in concepts)}
    )
    changed = msgspec.structs.replace(content, concepts=(*kept, *concepts))
    return replace(standard(), topics=Vocabulary(changed))


COCOA = ConceptData(
    "cocoa",
    "Cocoa beans",
    terms={"en": ("children work on cocoa farms", "cocoa beans")},
    parent="agriculture",
)
#: The program's own vocabularies, and others: one more topic, one less, one elsewhere.
OTHERS = (
    standard(),
    with_topic(COCOA),
    with_topic(without=("child-labour",)),
    with_topic(msgspec.structs.replace(COCOA, parent=None)),
)


def record(
    *facts: Fact, pages: tuple[str, ...] = (ENGLISH * 3,), kind: RecordKind = RecordKind.DOCUMENT
) -> Record:
    return Record(kind, facts, tuple(Page(number, text) for number, text in enumerate(pages, 1)))


def enriched(one: Record, vocabularies: Vocabularies) -> Record:
    return enrich(Extraction(FileState.OK, "", (one,)), vocabularies).records[0]


def tag(text: str, field: Field = Field.TAG) -> Fact:
    return Fact(field, text, Origin.SOURCE)


def test_a_tag_means_what_the_new_thesaurus_says() -> None:
    before = enriched(record(tag("Cocoa beans")), standard())
    assert "cocoa" not in before.all(Field.TOPIC)
    after = retag(before, "text/plain", OTHERS[1], languages=True)
    assert [
        fact.value for fact in after.facts if fact.origin is Origin.SOURCE and fact.field is Field.TOPIC
    ] == ["cocoa"]
    assert retag(after, "text/plain", standard(), languages=True) == before


def test_what_a_source_said_stays() -> None:
    said = (
        tag("Cocoa beans"),
        tag("Publications", Field.CATEGORY),
        Fact(Field.TYPE, "guidance", Origin.SOURCE),
        Fact(Field.DATE, "2019", Origin.DETECTED),
        Fact(Field.TITLE, "Cocoa", Origin.SOURCE),
    )
    before = enriched(record(*said), standard())
    after = retag(before, "text/plain", OTHERS[1], languages=True)
    assert set(said) <= set(after.facts)
    assert after.all(Field.TYPE) == before.all(Field.TYPE)


words = st.sampled_from(
    [
        "Cocoa",
        "cocoa farms",
        "child labour",
        "Asia",
        "Asia, Cocoa beans",
        "MENA",
        "Reports",
        "Narnia",
        "law",
        "en",
        "es-MX",
        "Georgia",
    ]
)
facts = st.one_of(
    st.builds(
        Fact, st.sampled_from([Field.TAG, Field.CATEGORY]), words, st.just(Origin.SOURCE), st.floats(0, 1)
    ),
    st.builds(
        Fact,
        st.just(Field.TYPE),
        st.sampled_from(["publication", "guidance"]),
        st.sampled_from([Origin.SOURCE, Origin.DETECTED]),
        st.floats(0, 1),
    ),
    st.builds(Fact, st.just(Field.TITLE), words, st.sampled_from(Origin), st.floats(0, 1)),
    st.builds(
        Fact, st.just(Field.ABSTRACT), st.sampled_from([ENGLISH, SPANISH, "Cocoa"]), st.just(Origin.SOURCE)
    ),
)
texts = st.lists(st.sampled_from([ENGLISH, SPANISH, "Cocoa farms", "", "2019"]), max_size=3).map(" ".join)


@given(
    st.sampled_from(RecordKind),
    st.lists(facts, max_size=5),
    st.lists(texts, max_size=3),
    st.sampled_from(OTHERS),
    st.sampled_from(OTHERS),
)
def test_told_anew_is_as_told_for_the_first_time(
    kind: RecordKind, said: list[Fact], pages: list[str], one: Vocabularies, other: Vocabularies
) -> None:
    raw = record(*said, pages=tuple(pages), kind=kind)
    before, after = enriched(raw, one), enriched(raw, other)
    assert retag(before, "text/plain", other, languages=True) == after
    assert retag(before, "text/plain", other, languages=False) == after


def test_other_vocabularies_have_another_fingerprint() -> None:
    assert len({fingerprint(one) for one in OTHERS}) == len(OTHERS)
    assert fingerprint(with_topic(COCOA)) == fingerprint(OTHERS[1])


def test_languages_are_told_anew_only_when_their_own_rules_change(monkeypatch: pytest.MonkeyPatch) -> None:
    stamp = Tagger(standard()).stamp(record())
    assert Tagger(OTHERS[1]).knows_languages(stamp)
    assert not Tagger(standard()).knows_languages("")
    monkeypatch.setattr(tagger, "LANGUAGE_VERSION", "another")
    assert not Tagger(standard()).knows_languages(stamp)
    assert Tagger(standard()).fingerprint not in stamp


def test_every_table_that_facts_are_told_by_is_in_the_fingerprint() -> None:
    folder = Path(tagger.__file__).parent
    named = {
        name for path in folder.glob("*.py") for name in re.findall(r'"(\w+\.json)"', path.read_text("utf-8"))
    }
    assert named
    assert named == {*tagger._TABLES, *tagger._LANGUAGE_TABLES}


def test_a_stamp_tells_whether_values_stand_elsewhere() -> None:
    def stamp(one: Record, vocabularies: Vocabularies) -> str:
        return Tagger(vocabularies).stamp(one)

    topic = record(Fact(Field.TOPIC, "cocoa", Origin.SOURCE))
    none = record(Fact(Field.TITLE, "Cocoa", Origin.SOURCE))
    below, above = OTHERS[1], OTHERS[3]
    assert stamp(topic, below) != stamp(topic, above)
    assert not same_places(stamp(topic, below), stamp(topic, above))
    assert stamp(none, below) != stamp(none, above)
    assert same_places(stamp(none, below), stamp(none, above))
    assert not same_places("", stamp(none, above))
