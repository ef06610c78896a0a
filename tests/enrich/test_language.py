from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.enrich import language

#: One sentence of our own in each language: people who work for others must get their wages and keep their passports.
SENTENCES = {
    "en": "Everyone who works for another person must be paid in full and may keep their own passport at all times.",
    "es": "Toda persona que trabaja para otra debe recibir su salario completo y puede conservar siempre su pasaporte.",
    "fr": "Toute personne qui travaille pour une autre doit recevoir son salaire et peut toujours garder son passeport.",
    "pt": "Toda pessoa que trabalha para outra deve receber o seu salário e não pode ficar sem o seu passaporte.",
    "de": "Jeder, der für einen anderen arbeitet, muss seinen Lohn erhalten und darf seinen Pass immer behalten.",
    "it": "Ogni persona che lavora per un'altra deve ricevere il suo salario e può sempre tenere il passaporto.",
    "id": "Setiap orang yang bekerja untuk orang lain harus dibayar penuh dan dapat menyimpan paspornya sendiri.",
    "vi": "Mọi người làm việc cho người khác phải được trả lương đầy đủ và được giữ hộ chiếu của mình.",
    "tr": "Başkası için çalışan herkes ücretini tam olarak almalı ve pasaportunu her zaman yanında tutabilmelidir.",
    "ru": "Каждый, кто работает на другого, должен получать зарплату и хранить свой паспорт, это мы знаем.",
    "uk": "Кожен, хто працює на іншого, має отримувати зарплату і зберігати свій паспорт у себе.",
    "bg": "Всеки, който работи за друг, трябва да получава заплатата си и да държи паспорта си, съгласно закона.",
    "kk": "Басқа адамға жұмыс істейтін әркім жалақысын толық алуы және төлқұжатын өзінде сақтауы керек.",
    "ar": "كل شخص يعمل لدى غيره يجب أن يتقاضى أجره كاملا وأن يحتفظ بجواز سفره.",
    "fa": "هر کس که برای دیگری کار می‌کند باید مزد کامل بگیرد و گذرنامه‌اش را نزد خود نگه دارد.",
    "ur": "ہر شخص جو کسی دوسرے کے لیے کام کرتا ہے اسے پوری اجرت ملنی چاہیے اور پاسپورٹ اس کے پاس رہے۔",
    "hi": "हर व्यक्ति जो दूसरे के लिए काम करता है उसे पूरा वेतन मिलना चाहिए और पासपोर्ट उसके पास रहे।",
    "ne": "अरूका लागि काम गर्ने प्रत्येक व्यक्तिले पूरा ज्याला पाउनुपर्छ र राहदानी आफैँसँग राख्नुपर्छ छ।",
    "bn": "যে অন্যের জন্য কাজ করে তাকে পুরো মজুরি দিতে হবে।",
    "zh": "为他人工作的人必须获得全部工资并保管自己的护照。",
    "ja": "他人のために働く人は賃金を全額受け取り、自分の旅券を持つことができる。",
    "ko": "다른 사람을 위해 일하는 사람은 임금을 받아야 한다.",
    "th": "ทุกคนที่ทำงานให้ผู้อื่นต้องได้รับค่าจ้างเต็มจำนวน",
    "km": "អ្នកធ្វើការត្រូវទទួលប្រាក់ឈ្នួល",
    "my": "အလုပ်သမားများသည် လုပ်ခရရှိရမည်",
    "lo": "ຜູ້ເຮັດວຽກຕ້ອງໄດ້ຮັບຄ່າແຮງ",
    "he": "כל מי שעובד אצל אחר חייב לקבל את שכרו",
    "el": "Όποιος εργάζεται για άλλον πρέπει να πληρώνεται",
    "am": "ለሌላ ሰው የሚሠራ ሁሉ ደመወዙን ማግኘት አለበት",
    "ta": "பிறருக்காக வேலை செய்பவருக்கு முழு ஊதியம் வழங்க வேண்டும்",
}
#: More of them, in languages that statistics don't know or that share letters and words with a larger neighbour.
RELATIVES = {
    "ms": "Majikan mesti membayar gaji pekerja asing dan tidak boleh menyimpan pasport mereka. Mangsa boleh membuat aduan kepada polis atau kerajaan negeri.",
    "id": "Perusahaan harus membayar gaji pekerja asing dan tidak boleh menyimpan paspor mereka. Korban bisa melapor kepada polisi atau pemerintah provinsi.",
    "hr": "Svatko tko radi za drugoga mora dobiti plaću i zadržati putovnicu. Nitko ne smije biti prisiljen na rad, a žrtve imaju pravo na sigurnost.",
    "bs": "Svako ko radi za drugog mora dobiti platu i zadržati pasoš. Niko ne smije biti prisiljen na rad, a žrtve i njihova djeca imaju pravo na zaštitu.",
    "sr": "Svako ko radi za drugog mora dobiti platu i zadržati pasoš. Niko ne sme biti prisiljen na rad, a žrtve i njihova deca imaju pravo na bezbednost.",
    "af": "Elkeen wat vir ander mense werk moet sy loon kry en sy paspoort hou. Niemand mag gedwing word om te werk nie, en die kinders moet skool toe gaan.",
    "nl": "Iedereen die voor een ander werkt moet zijn loon krijgen en zijn paspoort houden. Niemand mag worden gedwongen om te werken, en de kinderen gaan naar school.",
    "cy": "Mae gan bawb sy'n gweithio hawl i gael ei dalu ac i gadw ei basbort. Nid oes neb i gael ei orfodi i weithio, ac mae'r plant yn mynd i'r ysgol.",
    "gl": "Toda persoa que traballa para outra ten dereito ao seu salario e ao seu pasaporte. Ninguén pode ser obrigado a traballar nunha casa ou nun barco.",
    "eu": "Beste batentzat lan egiten duen orok bere soldata jaso behar du eta pasaportea gorde dezake. Inor ezin da behartu lan egitera, ezta haurrak ere.",
    "az": "Başqası üçün işləyən hər kəs əmək haqqını tam almalı və pasportunu özündə saxlamalıdır.",
    "is": "Hver sá sem vinnur fyrir annan á að fá laun sín greidd og það má ekki taka af honum vegabréfið.",
    "mk": "Секој што работи за друг треба да ја добие својата плата и да го чува својот пасош. Никој не смее да биде принуден.",
    "mn": "Бусдын төлөө ажилладаг хүн бүр цалингаа бүрэн авах эрхтэй бөгөөд паспортоо өөртөө байлгах ёстой.",
    "be": "Кожны, хто працуе на іншага, мае права атрымаць зарплату і захоўваць свой пашпарт у сябе.",
    "mr": "दुसऱ्यासाठी काम करणाऱ्या प्रत्येकाला पूर्ण वेतन मिळाले पाहिजे आणि पारपत्र त्याच्याकडे राहिले पाहिजे.",
    "ti": "ንኻልእ ዝሰርሕ ሰብ ደሞዝ ክኽፈሎ መሰል ኣለዎ፣ ፓስፖርቱ ድማ ኣብ ኢዱ ክጸንሕ ኣለዎ።",
}  # fmt: skip


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_is_enough(code: str) -> None:
    guess = language.detect(SENTENCES[code])
    assert guess is not None
    assert guess.language == code


@pytest.mark.parametrize("code", RELATIVES)
def test_relatives_are_told_by_their_own_words_and_letters(code: str) -> None:
    guess = language.detect(RELATIVES[code])
    assert guess is not None
    assert guess.language == code


def test_persian_typed_with_arabic_letters_is_persian() -> None:
    guess = language.detect("هر كس كه براي ديگري كار مي‌كند بايد مزد خود را بگيرد و گذرنامه پيش او بماند.")
    assert guess is not None
    assert guess.language == "fa"


def test_foreign_names_and_titles_leave_english_english() -> None:
    text = "The report cites the Ley contra la Trata de Personas and the Undang-Undang of 2007, which is not in force."
    guess = language.detect(text)
    assert guess is not None
    assert guess.language == "en"


@pytest.mark.parametrize(
    ("guessed", "declared", "contradicted"),
    [("id", "ms", False), ("id", "es", True), ("hr", "sr", False), ("ru", "sr", True), ("en", "fo", False)],
)
def test_a_guess_contradicts_what_detection_would_have_told(
    guessed: str, declared: str, *, contradicted: bool
) -> None:
    sample = "текст кириллицей" if guessed == "ru" else "letters"
    assert language.contradicts(language.Guess(guessed, 1.0, sample), declared) == contradicted


@pytest.mark.parametrize("text", ["", "   ", "12 34 (56)", "A–Z", "www.example.org/report", "Ghana"])
def test_too_little_text_has_no_language(text: str) -> None:
    assert language.detect(text) is None


def test_the_same_text_always_has_the_same_language() -> None:
    text = "Total 2019 2020 Albania Peru Kenya report no. a la en de"
    assert len({language.detect(text) for _ in range(20)}) == 1


def test_a_document_has_the_language_of_most_of_its_text() -> None:
    guess, pages = language.detect_pages([SENTENCES["en"] * 3, SENTENCES["es"] * 9, SENTENCES["es"] * 9])
    assert guess is not None
    assert guess.language == "es"
    assert pages == ["en", "es", "es"]


@pytest.mark.parametrize("code", ["es", "fr", "ru", "ar", "zh", "vi"])
def test_a_page_in_another_language_is_noticed(code: str) -> None:
    _, pages = language.detect_pages([SENTENCES["en"] * 4] * 4 + [SENTENCES[code] * 4])
    assert pages == ["en"] * 4 + [code]


@pytest.mark.parametrize(
    "page", ["", "42", "Table 3. 12 15 18 22\n14 17 19 21", "https://example.org/a-b-c\n" * 20]
)
def test_a_page_that_says_nothing_has_the_language_of_its_document(page: str) -> None:
    _, pages = language.detect_pages([SENTENCES["en"] * 4, page])
    assert pages == ["en", "en"]


def test_a_document_without_words_has_no_language() -> None:
    assert language.detect_pages(["", "12"]) == (None, [None, None])
    assert language.detect_pages([]) == (None, [])


@given(st.lists(st.text(max_size=80), max_size=5))
def test_any_text_gets_one_language_a_page(texts: list[str]) -> None:
    guess, pages = language.detect_pages(texts)
    assert len(pages) == len(texts)
    assert (guess is None) == all(page is None for page in pages) or not texts
