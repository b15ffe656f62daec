import pytest

from safeplan_desktop.domain.phone_numbers import check_phone, from_abroad


@pytest.mark.parametrize(
    ("typed", "country", "written"),
    [
        ("3035550117", "US", "(303) 555-0117"),
        (" (303) 555 0117 ", "US", "(303) 555-0117"),
        ("01711234567", "DE", "0171 1234567"),
        ("0612345678", "FR", "06 12 34 56 78"),
        ("+447911123456", "US", "+44 7911 123456"),
        ("+1 303 555 0117", "US", "+1 303-555-0117"),
    ],
)
def test_a_number_is_written_as_usual_in_its_country(typed, country, written):
    found = check_phone(typed, country)
    assert (found.written, found.doubtful) == (written, False)


@pytest.mark.parametrize("typed", ["988", "116 123", "13 11 14", "741741", "*67", "112", ""])
def test_short_numbers_are_left_as_they_are_without_a_doubt(typed):
    assert check_phone(typed, "US").written == typed
    assert not check_phone(typed, "US").doubtful


@pytest.mark.parametrize("typed", ["988, press 1", "303 555 0117 or 303 555 0118", "ask Ana", "555 0117 ext. 5"])
def test_words_beside_a_number_stay_untouched(typed):
    found = check_phone(typed, "US")
    assert (found.written, found.doubtful) == (typed, False)


@pytest.mark.parametrize("typed", ["303 555 017", "+99 12345678", "12345678901234567890"])
def test_a_number_that_cant_be_one_is_doubtful_and_kept(typed):
    found = check_phone(typed, "US")
    assert (found.written, found.doubtful) == (typed, True)


def test_a_country_that_nobody_knows_makes_no_number_wrong_that_names_its_own():
    assert not check_phone("+1 303 555 0117", "XX").doubtful
    assert check_phone("303 555 0117", "").doubtful


@pytest.mark.parametrize(
    ("typed", "country", "dialled"),
    [
        ("02 2327 2327", "IT", "+39 02 2327 2327"),
        ("03-5774-0992", "JP", "+81 3-5774-0992"),
        ("0800 1110111", "DE", ""),
        ("988", "US", ""),
        ("ask Ana", "US", ""),
    ],
)
def test_only_a_number_that_answers_from_abroad_says_how_it_is_dialled_there(typed, country, dialled):
    assert from_abroad(typed, country) == dialled
