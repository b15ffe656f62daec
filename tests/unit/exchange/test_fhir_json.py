import pytest

from safeplan_desktop.exchange.fhir_json import DEEPEST, MOST_BYTES, RefusedFileError, read_json


def test_an_object_is_read_with_and_without_a_byte_order_mark():
    assert read_json(b'{"a": 1}') == {"a": 1}
    assert read_json(b'\xef\xbb\xbf\n{"a": "\xc3\xa9"}') == {"a": "é"}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"<Questionnaire xmlns='http://hl7.org/fhir'/>", "XML"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", "XML"),
        ('{"a": 1}'.encode("utf-16"), "UTF-16"),
        ('{"a": 1}'.encode("utf-16-be"), "UTF-16"),
        (b'{"a": "\xff"}', "isn't UTF-8"),
        (b'{"a": 1,}', "line 1, column"),
        (b'{"a": 1\n "b": 2}', "line 2, column 2"),
        (b"[1]", "no FHIR resource"),
        (b"7", "no FHIR resource"),
        (b'{"a": NaN}', "NaN"),
        (b'{"a": -Infinity}', "Infinity"),
        (b'{"a": 1e999}', "too large"),
        (b'{"a": ' + b"9" * 5000 + b"}", "40 digits"),
        (b'{"linkId": "a", "linkId": "b"}', "“linkId” twice"),
        (b'{"a": ' + b"[" * 5000 + b"]" * 5000 + b"}", "levels deep"),
        (b"[" * 200_000, "levels deep"),
        (b'{"a": "' + b"x" * MOST_BYTES + b'"}', "larger than 2 MiB"),
    ],
)
def test_what_is_no_plain_json_object_is_refused_with_a_sentence(data, said):
    with pytest.raises(RefusedFileError) as error:
        read_json(data)
    assert said in error.value.what
    assert error.value.safe == "Nothing was taken from it."


def test_brackets_inside_of_words_are_no_nesting():
    assert read_json(b'{"a": "' + b"[{" * 500 + b'"}')["a"] == "[{" * 500
    assert read_json(b'{"a": "\\"' + b"[" * 500 + b'"}')["a"].count("[") == 500


def test_nesting_up_to_the_limit_is_read():
    inner = DEEPEST - 1
    assert "a" in read_json(b'{"a": ' + b"[" * inner + b"]" * inner + b"}")
