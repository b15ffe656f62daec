import datetime as dt
import json
import stat
from pathlib import Path

import pytest

from safeplan_desktop.logs import configure_logging, log_event, log_exception, places_of

CANARY = "Maren Holt wants to be left alone"


@pytest.fixture
def log(tmp_path):
    configure_logging(tmp_path / "log")
    yield tmp_path / "log" / "safeplan.log"
    configure_logging(tmp_path / "afterwards")


def _raised(work):
    try:
        work()
    except Exception as error:  # noqa: BLE001 - whatever it is shall be logged
        return error
    raise AssertionError("nothing was raised")


def _nested():
    try:
        int(CANARY)
    except ValueError as error:
        raise KeyError(CANARY) from error


@pytest.mark.parametrize(
    "work",
    [
        lambda: int(CANARY),
        lambda: dt.date.fromisoformat(CANARY),
        lambda: {}[CANARY],
        lambda: Path(f"/{CANARY}").read_bytes(),
        lambda: json.loads(CANARY),
        lambda: CANARY.encode("utf-16").decode("ascii"),
        lambda: getattr(CANARY, CANARY),
        _nested,
    ],
)
def test_an_exception_is_logged_by_type_and_place_never_by_its_text(log, work):
    error = _raised(work)
    assert any(word in f"{error}{error!r}{vars(error)}" for word in ("Maren", "\\xff", "Expecting"))
    log_exception(error)
    text = log.read_text()
    assert type(error).__name__ in text
    assert "test_logs.py:" in text
    for word in CANARY.split():
        assert word not in text.replace("test_logs", "")


def test_the_place_is_file_name_and_line_only():
    error = _raised(_nested)
    assert places_of(error)[-1].startswith("test_logs.py:")
    assert all("/" not in place for place in places_of(error))


def test_an_exception_that_was_never_raised_has_no_place(log):
    log_exception(ValueError(CANARY))
    assert "ValueError at unknown" in log.read_text()


def test_events_bear_the_time_in_utc(log):
    before = dt.datetime.now(dt.UTC).replace(microsecond=0)
    log_event("lock")
    stamp, level, name = log.read_text().split()
    assert before <= dt.datetime.strptime(stamp, "%Y-%m-%dT%H:%M:%S%z") <= dt.datetime.now(dt.UTC)
    assert (level, name) == ("INFO", "lock")


def test_the_log_stays_small(log):
    for _ in range(20_000):
        log_event("the same event, again and again, until the file is full and the next one begins")
    files = sorted(file.name for file in log.parent.iterdir())
    assert files == ["safeplan.log", "safeplan.log.1", "safeplan.log.2", "safeplan.log.3"]
    assert sum(file.stat().st_size for file in log.parent.iterdir()) <= 4 * 256 * 1024


def test_only_its_owner_may_look_into_the_folder(log):
    assert stat.S_IMODE(log.parent.stat().st_mode) == 0o700


def test_without_a_folder_to_write_to_nothing_is_logged_and_nothing_fails(tmp_path, capfd):
    (tmp_path / "file").write_text("in the way")
    configure_logging(tmp_path / "file" / "log")
    log_event("lock")
    log_exception(ValueError(CANARY))
    assert capfd.readouterr() == ("", "")


def test_a_second_configuration_replaces_the_first(log, tmp_path):
    configure_logging(tmp_path / "second")
    log_event("lock")
    assert log.read_text() == ""
    assert "lock" in (tmp_path / "second" / "safeplan.log").read_text()
