from __future__ import annotations

import re

import pytest

from tipsearch.ocr.languages import (
    debian_package,
    install_command,
    installed_for,
    installed_for_all,
    languages_of,
    packs_of,
)
from tipsearch.vocabulary import languages

INSTALLED = frozenset({"eng", "fra", "rus", "chi_sim", "osd"})
SCRIPTS = ("Arabic", "Cyrillic", "Devanagari", "Han", "Hangul", "Japanese", "Latin", "Thai")


@pytest.mark.parametrize(
    ("language", "packs"),
    [
        ("fr", ("fra",)),
        ("ru", ("rus", "eng")),
        ("zh", ("chi_sim", "eng")),
        ("th", ()),
        ("xx", ()),
        ("en", ("eng",)),
    ],
)
def test_a_language_is_read_with_its_pack_and_english_beside_in_other_scripts(
    language: str, packs: tuple[str, ...]
) -> None:
    assert installed_for(language, INSTALLED) == packs


def test_several_languages_share_a_reading_up_to_three() -> None:
    assert installed_for_all(["th", "fr", "en", "zh", "ru"], INSTALLED) == ("fra", "eng", "chi_sim")


@pytest.mark.parametrize("script", SCRIPTS)
def test_each_script_leads_to_languages_with_packs(script: str) -> None:
    assert languages_of(script)
    assert all(packs_of(one) and one in languages() for one in languages_of(script))


def test_an_unknown_script_leads_to_none() -> None:
    assert languages_of("Klingon") == ()


def test_packs_are_named_as_debian_names_their_packages() -> None:
    assert debian_package("chi_sim") == "tesseract-ocr-chi-sim"
    assert install_command(["ru", "zh"]) == "sudo apt-get install tesseract-ocr-rus tesseract-ocr-chi-sim"


def test_packs_look_like_packs() -> None:
    assert all(
        re.fullmatch(r"[a-z]{3}(_[a-z]+)?", pack) for one in languages() for pack in packs_of(one.value)
    )
