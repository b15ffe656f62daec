import pytest

from safeplan_desktop import assets


def test_a_file_is_read_as_text_and_as_bytes():
    assert assets.read_text("style/tokens.toml").encode() == assets.read_bytes("style/tokens.toml")
    assert "[light]" in assets.read_text("style/tokens.toml")


def test_the_files_of_a_folder_are_named_in_order_without_its_folders():
    names = assets.iter_names("instruments")
    assert {"gad-7.toml", "phq-9.toml"} <= set(names)
    assert list(names) == sorted(names)
    assert "instruments" not in assets.iter_names("")


def test_a_file_that_isnt_packaged_is_a_bug():
    with pytest.raises(FileNotFoundError):
        assets.read_bytes("icons/no-such-icon.svg")


def test_the_programs_own_icon_is_a_drawing():
    assert assets.read_text("icons/safeplan.svg").startswith("<svg")
