from __future__ import annotations

import errno
import os
import resource
import stat
from pathlib import Path

import pytest

from safeplan_desktop.errors import StorageFullError, StorageUnavailableError
from safeplan_desktop.storage.atomic_file import (
    LEFTOVER_PREFIX,
    fsync_folder,
    sweep_leftovers,
    translate_os_error,
    write_atomically,
)

OLD, NEW = b"old " * 1000, b"new " * 5000


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "keys.json"
    path.write_bytes(OLD)
    return path


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def failing(number: int):
    def fail(*_args, **_kwargs):
        raise OSError(number, os.strerror(number), "/home/Maria Gonzalez/records")

    return fail


# -- when all goes well


def test_a_new_file_is_written(tmp_path):
    write_atomically(tmp_path / "keys.json", NEW)
    assert (tmp_path / "keys.json").read_bytes() == NEW
    assert names(tmp_path) == ["keys.json"]


@pytest.mark.parametrize("data", [b"", b"x", NEW])
def test_an_old_file_is_replaced_whole(target, data):
    write_atomically(target, data)
    assert target.read_bytes() == data
    assert names(target.parent) == ["keys.json"]


@pytest.mark.parametrize("umask", [0o000, 0o077])
@pytest.mark.parametrize("mode", [0o600, 0o644])
def test_the_mode_is_the_one_asked_for_whatever_the_umask(target, umask, mode):
    target.chmod(0o666)
    before = os.umask(umask)
    try:
        write_atomically(target, NEW, mode=mode)
    finally:
        os.umask(before)
    assert stat.S_IMODE(target.stat().st_mode) == mode


def test_only_the_owner_can_read_a_file_unless_more_was_asked(tmp_path):
    write_atomically(tmp_path / "keys.json", NEW)
    assert stat.S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600


def test_the_old_content_can_be_kept(target):
    kept = target.with_name("keys.json.bak")
    write_atomically(target, NEW, keep_previous=kept)
    assert (target.read_bytes(), kept.read_bytes()) == (NEW, OLD)
    write_atomically(target, b"newest", keep_previous=kept)
    assert (target.read_bytes(), kept.read_bytes()) == (b"newest", NEW)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_where_there_is_no_old_content_what_was_kept_before_stays(tmp_path):
    kept = tmp_path / "keys.json.bak"
    kept.write_bytes(OLD)
    write_atomically(tmp_path / "keys.json", NEW, keep_previous=kept)
    assert kept.read_bytes() == OLD


def test_a_reader_goes_on_with_the_file_it_opened(target):
    with target.open("rb") as reader:
        write_atomically(target, NEW)
        assert reader.read() == OLD


def test_a_link_is_replaced_and_what_it_leads_to_is_left_alone(target):
    link = target.with_name("link.json")
    link.symlink_to(target)
    write_atomically(link, NEW)
    assert not link.is_symlink()
    assert target.read_bytes() == OLD


def test_short_writes_are_carried_on(target, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, bytes(data[:777])))
    write_atomically(target, NEW)
    assert target.read_bytes() == NEW


def test_bytes_reach_the_disk_before_the_name_and_the_name_before_the_end(target, monkeypatch):
    steps = []
    fsync, replace = os.fsync, os.replace

    def note_fsync(handle):
        steps.append("fsync folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "fsync file")
        fsync(handle)

    def note_replace(source, destination):
        steps.append(f"replace {Path(destination).name}")
        replace(source, destination)

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(os, "replace", note_replace)
    write_atomically(target, NEW, keep_previous=target.with_name("keys.json.bak"))
    assert steps == [
        "fsync file",
        "replace keys.json.bak",
        "fsync folder",
        "fsync file",
        "replace keys.json",
        "fsync folder",
    ]


def test_the_unfinished_file_is_private_unguessable_and_known_as_ours(target, monkeypatch):
    seen = []
    replace = os.replace

    def note(source, destination):
        seen.append((Path(source).name, stat.S_IMODE(Path(source).stat().st_mode), Path(source).parent))
        replace(source, destination)

    monkeypatch.setattr(os, "replace", note)
    for _ in range(3):
        write_atomically(target, NEW)
    assert len({name for name, _, _ in seen}) == 3
    assert all(name.startswith(LEFTOVER_PREFIX) and "keys" not in name for name, _, _ in seen)
    assert all((mode, folder) == (0o600, target.parent) for _, mode, folder in seen)


# -- when something fails


FAILURES = {
    errno.ENOSPC: (StorageFullError, "The disk is full"),
    errno.EIO: (StorageUnavailableError, "reported a fault"),
    errno.EACCES: (StorageUnavailableError, "Permission was refused"),
}


@pytest.mark.parametrize("number", FAILURES, ids=errno.errorcode.get)
@pytest.mark.parametrize("step", ["open", "fchmod", "write", "fsync", "close", "replace"])
def test_a_failure_at_any_step_leaves_the_old_file_and_nothing_else(target, monkeypatch, step, number):
    expected, words = FAILURES[number]
    close = os.close

    def close_and_fail(handle):
        close(handle)
        failing(number)()

    monkeypatch.setattr(os, step, close_and_fail if step == "close" else failing(number))
    with pytest.raises(expected) as caught:
        write_atomically(target, NEW, doing="saving your key file")
    monkeypatch.undo()
    assert target.read_bytes() == OLD
    assert names(target.parent) == ["keys.json"]
    assert words in caught.value.what
    assert "while saving your key file." in caught.value.what
    assert "Maria" not in caught.value.sentences
    assert caught.value.__suppress_context__  # The cause holds the path.


def test_a_drive_that_fills_up_in_the_middle_leaves_the_old_file(target):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(NEW) // 2, hard))
    try:
        with pytest.raises(StorageFullError):
            write_atomically(target, NEW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert target.read_bytes() == OLD
    assert names(target.parent) == ["keys.json"]


def test_a_failure_while_the_old_content_is_kept_touches_neither_file(target, monkeypatch):
    kept = target.with_name("keys.json.bak")
    kept.write_bytes(b"older")
    monkeypatch.setattr(os, "fsync", failing(errno.EIO))
    with pytest.raises(StorageUnavailableError):
        write_atomically(target, NEW, keep_previous=kept)
    monkeypatch.undo()
    assert (target.read_bytes(), kept.read_bytes()) == (OLD, b"older")
    assert names(target.parent) == ["keys.json", "keys.json.bak"]


def test_an_interruption_leaves_the_old_file_and_goes_on_upwards(target, monkeypatch):
    def interrupt(_handle):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(target, NEW)
    assert target.read_bytes() == OLD
    assert names(target.parent) == ["keys.json"]


def test_a_folder_that_is_gone_is_told(tmp_path):
    with pytest.raises(StorageUnavailableError, match="wasn't there"):
        write_atomically(tmp_path / "unplugged" / "keys.json", NEW)


def test_a_file_in_the_place_of_the_folder_is_told(target):
    with pytest.raises(StorageUnavailableError, match="wasn't there"):
        write_atomically(target / "keys.json", NEW)


def test_a_folder_in_the_place_of_the_file_is_told_and_left_alone(tmp_path):
    (tmp_path / "keys.json").mkdir()
    with pytest.raises(StorageUnavailableError, match="couldn't be used"):
        write_atomically(tmp_path / "keys.json", NEW)
    assert names(tmp_path) == ["keys.json"]
    assert (tmp_path / "keys.json").is_dir()


def test_a_folder_in_the_place_of_what_is_kept_is_told_before_the_file_changes(target):
    target.with_name("keys.json.bak").mkdir()
    with pytest.raises(StorageUnavailableError):
        write_atomically(target, NEW, keep_previous=target.with_name("keys.json.bak"))
    assert target.read_bytes() == OLD


# -- the folder


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP])
def test_a_drive_that_cannot_sync_folders_is_no_failure(target, monkeypatch, number):
    fsync = os.fsync

    def files_only(handle):
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            failing(number)()
        fsync(handle)

    monkeypatch.setattr(os, "fsync", files_only)
    write_atomically(target, NEW)
    assert target.read_bytes() == NEW


def test_a_drive_that_fails_to_sync_the_folder_is_a_failure(target, monkeypatch):
    fsync = os.fsync

    def files_only(handle):
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            failing(errno.EIO)()
        fsync(handle)

    monkeypatch.setattr(os, "fsync", files_only)
    with pytest.raises(StorageUnavailableError):
        write_atomically(target, NEW)
    assert target.read_bytes() == NEW  # Whole, at least: it may or may not outlive a power cut.


def test_syncing_a_folder_leaves_no_open_handle(tmp_path):
    before = len(names(Path("/proc/self/fd")))
    fsync_folder(tmp_path)
    with pytest.raises(FileNotFoundError):
        fsync_folder(tmp_path / "gone")
    assert len(names(Path("/proc/self/fd"))) == before


def test_sweeping_takes_unfinished_files_of_ours_and_nothing_else(tmp_path):
    leftovers = [f"{LEFTOVER_PREFIX}0123456789abcdef.tmp", f"{LEFTOVER_PREFIX}x"]
    others = ["keys.json", "keys.json.bak", "records.db", "safeplan-note.tmp", ".other.tmp"]
    for name in (*leftovers, *others):
        (tmp_path / name).write_bytes(OLD)
    (tmp_path / f"{LEFTOVER_PREFIX}folder").mkdir()
    (tmp_path / f"{LEFTOVER_PREFIX}link").symlink_to(tmp_path / "keys.json")
    assert sweep_leftovers(tmp_path) == 2
    assert names(tmp_path) == sorted([*others, f"{LEFTOVER_PREFIX}folder", f"{LEFTOVER_PREFIX}link"])


def test_sweeping_an_empty_or_missing_folder_is_no_failure(tmp_path):
    assert sweep_leftovers(tmp_path) == 0
    assert sweep_leftovers(tmp_path / "gone") == 0


def test_what_cannot_be_swept_is_left_for_the_next_time(tmp_path, monkeypatch):
    (tmp_path / f"{LEFTOVER_PREFIX}x").write_bytes(OLD)
    monkeypatch.setattr(os, "unlink", failing(errno.EACCES))
    assert sweep_leftovers(tmp_path) == 0


# -- sentences


@pytest.mark.parametrize(
    ("number", "expected", "words"),
    [
        (errno.ENOSPC, StorageFullError, "The disk is full: there was no room left while copying."),
        (errno.EDQUOT, StorageFullError, "The disk is full: there was no room left while copying."),
        (errno.EFBIG, StorageFullError, "The disk is full: there was no room left while copying."),
        (errno.EACCES, StorageUnavailableError, "Permission was refused while copying."),
        (errno.EPERM, StorageUnavailableError, "Permission was refused while copying."),
        (errno.EROFS, StorageUnavailableError, "The drive can only be read while copying."),
        (errno.ENOENT, StorageUnavailableError, "The folder or drive wasn't there while copying."),
        (errno.ENODEV, StorageUnavailableError, "The folder or drive wasn't there while copying."),
        (errno.EIO, StorageUnavailableError, "The drive reported a fault while copying."),
        (errno.EMFILE, StorageUnavailableError, "The folder or drive couldn't be used while copying."),
        (None, StorageUnavailableError, "The folder or drive couldn't be used while copying."),
    ],
)
def test_every_error_has_its_sentence_and_never_the_path(number, expected, words):
    error = OSError(number, "text", "/home/Maria Gonzalez/records") if number else OSError("Maria Gonzalez")
    told = translate_os_error(error, "copying")
    assert type(told) is expected
    assert told.what == words
    assert told.safe == "What was saved before is unchanged."
    assert told.next_step.endswith(".")
    assert "Maria" not in told.sentences
