"""Fonts for any script."""

import builtins

import pytest
from document_samples import WORDING, item, plan_document, plan_form, with_items

from safeplan_desktop.documents import fonts
from safeplan_desktop.documents.itemise import FontBook, clusters
from safeplan_desktop.documents.safety_plan import safety_plan_pdf
from safeplan_desktop.domain.plans import SectionKey
from safeplan_desktop.domain.practice import Paper


@pytest.mark.parametrize(
    "name",
    [
        "Renée Müller",
        "Олена",
        "Nguyễn Thị Hồng",
        "مريم",
        "שרה",
        "अनन्या",
        "สมหญิง",
        "山田太郎",
        "김민지",
        "ეკა",
        "አበበ",
        "🙂",
        "Ελένη",
    ],
)
def test_names_of_the_world_can_be_printed(name):
    assert fonts.unprintable(name) == ()


def test_a_character_that_no_font_holds_is_named_once_before_printing():
    assert fonts.unprintable("a\ue000b\ue000\U0010fffe") == ("\ue000", "\U0010fffe")


def test_a_character_that_no_font_holds_is_spelled_out():
    assert FontBook().cleaned("a\ue000b") == "a[U+E000]b"


def test_control_characters_vanish_and_line_ends_are_one_kind():
    assert FontBook().cleaned("a\x00b\x07\r\nc\x85d\u2028e\tf") == "ab\nc\nd\ne    f"


def test_a_lone_surrogate_is_spelled_out_instead_of_ending_the_document():
    assert FontBook().cleaned("a\ud800b") == "a[U+D800]b"


def test_han_is_japanese_beside_kana_and_korean_beside_hangul():
    assert fonts.east_asian_language("山田はな", "en") == "ja"
    assert fonts.east_asian_language("金민지", "en") == "ko"
    assert fonts.east_asian_language("山田", "zh-Hant") == "zh-Hant"


def test_letters_keep_their_marks_joined_emoji_stay_whole():
    family = "👩\u200d👩\u200d👧"

    assert list(clusters(f"e\u0301x{family}🇺🇸🇫🇷क्ष")) == ["e\u0301", "x", family, "🇺🇸", "🇫🇷", "क्ष"]


def test_one_word_is_never_set_in_two_latin_typefaces():
    faces = {face.name.split("-")[0] for _, face in FontBook().faces("Nguyễn Thị Hồng", bold=False)}

    assert faces == {"NotoSans"}


def test_the_two_weights_of_a_fallback_have_different_names():
    book = FontBook()
    [(_, regular)] = book.faces("ש", bold=False)
    [(_, heavy)] = book.faces("ש", bold=True)

    assert "Regular" in regular.name
    assert "Bold" in heavy.name


def test_making_a_document_writes_no_file(monkeypatch):
    opened = []
    real = builtins.open

    def watched(file, mode="r", *arguments, **keywords):
        if set(mode) & set("wax+"):
            opened.append(file)
        return real(file, mode, *arguments, **keywords)

    monkeypatch.setattr(builtins, "open", watched)
    form = with_items(plan_form(), SectionKey.COPING, item("散歩する 🙂 مشي"))

    safety_plan_pdf(plan_document(form=form), WORDING, Paper.A4)

    assert opened == []


def test_fonts_that_are_no_longer_used_are_forgotten():
    for code in range(0x5000, 0x5000 + 2 * fonts._MOST_CUTS):
        FontBook().faces(chr(code), bold=False)

    fonts.trim_cuts()

    assert len(fonts._cuts) == fonts._MOST_CUTS
