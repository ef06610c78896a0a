from __future__ import annotations

import pytest

from tipsearch.enrich import topics, zones
from tipsearch.model import Origin, Page

FILLER = "The number of people who live near the river has grown since the last count was made. " * 12


def detect(title: str, *texts: str, language: str = "en") -> list[str]:
    pages = [Page(number, text, language=language) for number, text in enumerate(texts, 1)]
    return [fact.value for fact in topics.detect([title] if title else [], zones.bodies(pages), language)]


@pytest.mark.parametrize(
    ("title", "value"),
    [
        ("Forced labor in fishing", "forced-labour"),
        ("FORCED LABOUR", "forced-labour"),
        ("Organized criminal exploitation", "forced-criminality"),
        ("Scam centers of the Mekong", "online-scams"),
        ("The TIP report", "trafficking"),
        ("Health of survivors", "health"),
        ("A training toolkit", "training"),
        ("Supply chain risks", "supply-chains"),
        ("The Modern Slavery Act", "legislation"),
    ],
)
def test_a_topic_of_the_title_counts(title: str, value: str) -> None:
    assert value in detect(title, FILLER)


@pytest.mark.parametrize(
    ("language", "title", "value"),
    [
        ("es", "La trata de personas con fines de explotación sexual", "sexual-exploitation"),
        ("es", "Trabajo forzoso", "forced-labour"),
        ("fr", "Le travail des enfants dans le cacao", "child-labour"),
        ("pt", "Tráfico de pessoas", "trafficking"),
        ("ar", "مكافحة الاتجار بالبشر", "trafficking"),
        ("ru", "Борьба с торговлей людьми", "trafficking"),
        ("zh", "中国的强迫劳动", "forced-labour"),
    ],
)
def test_topics_are_found_in_the_language_of_the_text(language: str, title: str, value: str) -> None:
    assert value in detect(title, FILLER, language=language)


def test_repeated_terms_of_the_text_count() -> None:
    assert detect("Notes", *[f"Debt bondage is common. {FILLER}"] * 4) == ["debt-bondage"]


def test_one_mention_in_a_long_text_is_no_topic() -> None:
    assert detect("Notes", *[FILLER] * 4, f"Debt bondage is common. {FILLER}", *[FILLER] * 4) == []


def test_bare_words_of_a_text_are_no_topic() -> None:
    page = f"The law of health. Training about return and education. {FILLER}"
    assert detect("Notes", *[page] * 4) == []


@pytest.mark.parametrize(
    "text", ["a tip for waiters", "multiple", "drug trafficking", "prostitution", "une traite bancaire"]
)
def test_traps_are_no_topic(text: str) -> None:
    assert detect(text, FILLER, language="fr" if "une" in text else "en") == []


def test_the_longest_term_wins() -> None:
    assert detect("The Modern Slavery Act", FILLER) == ["legislation"]
    assert "sexual-exploitation" not in detect("Child sexual exploitation", FILLER)


def test_broader_topics_are_not_added() -> None:
    assert detect("Online scam centres", FILLER) == ["online-scams"]


def test_a_teaser_needs_one_mention_only() -> None:
    assert detect("A new report", "Workers pay recruitment fees to agents.") == ["recruitment"]


def test_a_fact_tells_why() -> None:
    page = Page(1, "Forced begging by children.", language="en")
    (fact,) = topics.detect(["Forced begging"], zones.bodies([page]), "en")
    assert (fact.value, fact.origin, fact.weight) == ("forced-begging", Origin.DETECTED, 1.0)
    assert [(e.where, e.quote, e.count) for e in fact.evidence] == [
        ("title", "Forced begging", 1),
        ("beginning", "Forced begging", 1),
    ]


def test_no_text_has_no_topics() -> None:
    assert detect("", "") == []


def test_the_west_bank_is_no_bank() -> None:
    assert "financial" not in detect("West Bank and the Gaza Strip", "The West Bank. " * 3)


def test_a_word_near_it_makes_a_narrower_topic_of_a_mention() -> None:
    assert detect("Notes", "Children are used in commercial sexual exploitation.") == ["csec"]
    assert detect("Notes", "Women and children fled. Sexual exploitation of workers was found.") == [
        "sexual-exploitation"
    ]
