"""Reading a file that is to be taken in: what is refused, with which sentence, and how far the reading is."""

import struct
import zlib

import pytest

from safeplan_desktop.domain.attachments import LARGEST, MediaType, check_whole, media_type_of, size_words
from safeplan_desktop.errors import InvalidInputError, StorageUnavailableError
from safeplan_desktop.services.attachments import read_file


def _piece(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _piece(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0))
    + _piece(b"IDAT", zlib.compress(bytes(6)))
    + _piece(b"IEND", b"")
)
PDF = b"%PDF-1.4\n...\nstartxref\n9\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0" + bytes(40) + b"\xff\xd9"


@pytest.mark.parametrize(
    ("data", "kind"),
    [(PNG, MediaType.PNG), (PDF, MediaType.PDF), (JPEG, MediaType.JPEG), (PNG + b"more", MediaType.PNG)],
)
def test_a_whole_file_is_read_whatever_its_name_says(tmp_path, data, kind):
    path = tmp_path / "scan.exe"
    path.write_bytes(data)
    heard = []

    assert read_file(path, heard.append) == data
    assert media_type_of(data) is kind
    assert heard[-1] == 1.0


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"MZ\x90\x00" + bytes(4000), "whatever its name says"),
        (b"", "empty"),
        (b"%PDF-" + bytes(LARGEST + 1024 * 1024), "larger than 20 MB"),
        (PDF[:-7], "PDF is damaged or cut off"),
        (JPEG[:-2], "picture is damaged or cut off"),
        *((PNG[:length], "picture is damaged or cut off") for length in range(8, len(PNG) - 1, 7)),
        (PNG.replace(b"IDAT", b"IDAS"), "picture is damaged or cut off"),
    ],
)
def test_a_wrong_file_is_refused_with_a_sentence(tmp_path, data, sentence):
    path = tmp_path / "scan.png"
    path.write_bytes(data)

    with pytest.raises(InvalidInputError, match=sentence) as refused:
        read_file(path)

    assert refused.value.field == "file"


def test_no_more_is_read_of_a_file_than_may_be_taken_in(tmp_path):
    path = tmp_path / "endless.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-")
        file.truncate(4 * LARGEST)
    heard = []

    with pytest.raises(InvalidInputError, match="larger"):
        read_file(path, heard.append)

    assert heard[-1] < 0.3


def test_a_file_that_is_not_there_is_told_so(tmp_path):
    with pytest.raises(StorageUnavailableError, match="can't be read"):
        read_file(tmp_path / "gone.pdf")
    with pytest.raises(StorageUnavailableError, match="can't be read"):
        read_file(tmp_path)


def test_a_piece_of_a_picture_that_claims_more_than_there_is_ends_the_reading():
    with pytest.raises(InvalidInputError):
        check_whole(b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIDAT" + bytes(40), MediaType.PNG)


@pytest.mark.parametrize(("size", "words"), [(1, "1 KB"), (1023 * 1024, "1023 KB"), (20 * 1024 * 1024, "20.0 MB")])
def test_sizes_are_said_as_people_read_them(size, words):
    assert size_words(size) == words
