from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.extract.charset import decode

CYRILLIC = "Торговля людьми запрещена законом и наказывается."


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0\ufeff")))
def test_utf_8_is_read_as_such(text: str) -> None:
    assert decode(text.encode()) == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(encoding: str) -> None:
    assert decode(CYRILLIC.encode(encoding)) == CYRILLIC


@pytest.mark.parametrize(
    "declaration",
    [
        '<meta charset="windows-1251">',
        "<META http-equiv=Content-Type content='text/html; charset=windows-1251'>",
    ],
)
def test_a_declaration_counts_in_html_only(declaration: str) -> None:
    data = (declaration + CYRILLIC).encode("cp1251")

    assert decode(data, html=True).endswith(CYRILLIC)


def test_latin_1_means_windows_1252_as_in_browsers() -> None:
    assert decode('<meta charset="iso-8859-1">“owed”'.encode("cp1252"), html=True).endswith("“owed”")


@pytest.mark.parametrize("name", ["no-such-thing", "base64", "rot13", "utf-8"])
def test_a_wrong_declaration_is_not_believed(name: str) -> None:
    assert decode(f'<meta charset="{name}">naïve café'.encode("cp1252"), html=True).endswith("naïve café")


SENTENCES = {
    "es": "Nadie será sometido a esclavitud; la niñez trabajó en las plantaciones de caña según la comisión.",
    "fr": "Personne ne sera réduit en esclavage ; les pêcheurs ont été forcés à travailler, leur passeport confisqué.",
    "de": "Die Arbeiter müssen für die Vermittlung zahlen; über die Löhne entscheidet später der Schiffsführer.",
    "pl": "Handel ludźmi jest zbrodnią, która dotyka wiele osób na całym świecie; żaden człowiek nie może być niewolnikiem.",
    "cs": "Obchodování s lidmi je zločin, který se týká mnoha lidí; žádný člověk nesmí být držen v otroctví ani ve službě.",
    "tr": "Hiç kimse kölelik altında tutulamaz; işçilere ücretleri ödenmedi ve pasaportları geri verilmedi.",
    "lt": "Niekas negali būti laikomas vergijoje; žmonės dirbo už skolą ir negalėjo išeiti iš žvejybos laivų.",
    "ru": "Торговля людьми запрещена законом и наказывается; никто не должен содержаться в рабстве.",
    "uk": "Торгівля людьми заборонена законом; ніхто не повинен перебувати в рабстві або у підневільному стані.",
    "el": "Κανείς δεν επιτρέπεται να ζει υπό καθεστώς δουλείας· οι ναύτες δεν πληρώθηκαν ποτέ για την εργασία τους.",
    "he": "לא יהיה אדם עבד או משועבד; העובדים שילמו דמי תיווך ולא קיבלו את שכרם מבעל הספינה.",
    "ar": "لا يجوز استرقاق أو استعباد أي شخص، ودفع العمال رسوم التوظيف ولم يحصلوا على أجورهم من صاحب السفينة.",
    "th": "บุคคลใดจะถูกยึดเป็นทาสหรือต้องภาระจำยอมไม่ได้ ลูกเรือไม่ได้รับค่าจ้างจากเจ้าของเรือประมง",
    "zh": "任何人不得使为奴隶或奴役；工人支付了招聘费用，却没有从船主那里得到工资，护照也被没收。",
    "tw": "任何人不容使為奴役；工人支付了招聘費用，卻沒有從船主那裡得到工資，護照也被沒收。",
    "ja": "人身取引は重大な犯罪であり、基本的人権を侵害する深刻な問題である。船員は賃金を受け取れなかった。",
    "ko": "어느 누구도 노예가 되거나 예속된 상태에 놓여서는 안 된다. 선원들은 임금을 받지 못하였다.",
    "hi": "किसी को भी गुलामी में नहीं रखा जाएगा; मछुआरों को उनकी मजदूरी नहीं मिली।",
}
ENCODINGS = {
    "es": "cp1252 mac_roman cp850",
    "fr": "cp1252 iso8859_15 mac_roman cp850",
    "de": "cp1252",
    "pl": "cp1250 iso8859_2",
    "cs": "cp1250 iso8859_2",
    "tr": "cp1254",
    "lt": "cp1257",
    "ru": "cp1251 koi8_r cp866 iso8859_5 mac_cyrillic",
    "uk": "cp1251 koi8_u",
    "el": "cp1253",
    "he": "cp1255 iso8859_8",
    "ar": "cp1256 iso8859_6",
    "th": "cp874",
    "zh": "gb18030",
    "tw": "big5",
    "ja": "cp932 euc_jp iso2022_jp",
    "ko": "cp949",
}
CASES = [(language, encoding) for language, names in ENCODINGS.items() for encoding in names.split()]


@pytest.mark.parametrize(("language", "encoding"), CASES)
def test_old_encodings_are_guessed(language: str, encoding: str) -> None:
    text = SENTENCES[language]

    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("language", SENTENCES)
def test_utf_16_needs_no_mark(language: str, encoding: str) -> None:
    text = SENTENCES[language]

    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("language", ["de", "fr", "ru", "zh", "ja", "he"])
@pytest.mark.parametrize("label", ["iso-8859-1", "windows-1251", "utf-16", "shift_jis"])
def test_utf_8_is_told_whatever_a_page_declares(language: str, label: str) -> None:
    text = SENTENCES[language]

    assert decode(f'<meta charset="{label}"><p>{text}'.encode(), html=True).endswith(text)


@pytest.mark.parametrize(("language", "encoding"), [case for case in CASES if case[1] != "iso2022_jp"])
def test_old_text_that_claims_to_be_utf_8_is_guessed(language: str, encoding: str) -> None:
    text = SENTENCES[language]

    assert decode(b'<meta charset="utf-8"><p>' + text.encode(encoding), html=True).endswith(text)


def test_cyrillic_that_claims_to_be_latin_is_not_believed() -> None:
    data = b'<meta charset="iso-8859-1"><p>' + SENTENCES["ru"].encode("cp1251")

    assert decode(data, html=True).endswith(SENTENCES["ru"])


def test_a_few_symbols_are_no_reason_to_disbelieve_a_declaration() -> None:
    assert decode('<meta charset="iso-8859-1">5 × 7 ½'.encode("cp1252"), html=True).endswith("5 × 7 ½")


def test_a_word_in_a_double_byte_set_that_looks_like_utf_8_is_what_it_declares() -> None:
    assert decode('<meta charset="gbk">联通'.encode("gbk"), html=True).endswith("联通")


def test_english_with_nothing_but_curly_quotes_is_windows_1252() -> None:
    text = "The workers’ wages weren’t paid – “never”, they said."

    assert decode(text.encode("cp1252")) == text


def test_a_declaration_behind_long_scripts_counts() -> None:
    data = f"<html><script>{'x' * 20_000}</script><meta charset=iso-8859-2>Łódź".encode("iso8859_2")

    assert decode(data, html=True).endswith("Łódź")


def test_single_bytes_of_another_set_do_not_spoil_utf_8() -> None:
    assert decode(SENTENCES["ru"].encode() + b" caf\xe9.") == f"{SENTENCES['ru']} café."


def test_few_single_bytes_in_a_large_text_do_not_spoil_it() -> None:
    data = (SENTENCES["ru"].encode() + b" caf\xe9. ") * 7_000

    assert decode(data) == f"{SENTENCES['ru']} café. " * 7_000


def test_single_bytes_before_the_first_wide_letters_do_not_spoil_utf_8() -> None:
    data = b"caf\xe9 " + b"workers " * 10_000 + SENTENCES["ru"].encode() * 10

    assert decode(data).endswith(SENTENCES["ru"])


@pytest.mark.parametrize("sequence", ["\x1b$B", "\x1b$@"])
def test_utf_8_that_quotes_a_sequence_of_iso_2022_jp_is_utf_8(sequence: str) -> None:
    text = f"{SENTENCES['ru']} {sequence} {SENTENCES['fr']}"

    assert decode(text.encode()) == text


def test_half_a_surrogate_pair_becomes_a_replacement_character() -> None:
    assert decode(SENTENCES["ru"].encode() + b" \xed\xa0\x80.") == f"{SENTENCES['ru']} \ufffd."


def test_a_character_cut_in_two_at_the_end_is_left_out() -> None:
    assert decode("Grüße an die Löhne: é".encode()[:-1]) == "Grüße an die Löhne: "


def test_text_that_was_encoded_twice_is_mended() -> None:
    twice = SENTENCES["fr"].encode().decode("cp1252", "replace").encode()

    assert decode(twice) == SENTENCES["fr"]


def test_a_name_that_looks_encoded_twice_is_left_alone() -> None:
    text = "Ação: «NÃ£o» é uma citação, três vezes Ã£ Ã£ Ã£."

    assert decode(text.encode()) == text


def test_zero_bytes_are_taken_out() -> None:
    assert decode("Die L\0öhne\0".encode()) == "Die Löhne"


@given(st.binary(max_size=200))
def test_any_bytes_give_text_without_zero_bytes(data: bytes) -> None:
    assert "\0" not in decode(data, html=True)
