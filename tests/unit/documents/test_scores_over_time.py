import datetime as dt
import io
import re
from dataclasses import replace

import pypdf
import pytest
from document_samples import CHAIN_HEAD, PROFILE, signed_screening

from safeplan_desktop.documents import charts
from safeplan_desktop.documents.trend_report import trend_report_pdf
from safeplan_desktop.domain.history import Event, EventKind, History, Occasion, series_of
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.practice import Paper
from safeplan_desktop.services import reference

DAY = dt.date(2026, 1, 5)
MADE = Moment(dt.datetime(2026, 3, 2, 16, tzinfo=dt.UTC), "America/Denver")
EVENTS = (
    Event(DAY + dt.timedelta(days=10), EventKind.PLAN, "Safety plan, version 1"),
    Event(DAY + dt.timedelta(days=10), EventKind.INCIDENT, "Incident 2026-001"),
    Event(DAY + dt.timedelta(days=70), EventKind.CARE, "Level of care: respite"),
)


def _series(*values, step=7, instrument="phq-9"):
    occasions = tuple(
        Occasion(DAY + dt.timedelta(days=step * place), place + 1, value, "band", value > 15)
        for place, value in enumerate(values)
    )
    return series_of(reference.instrument(instrument), occasions, (), uk=False)


def _svg(series, events=EVENTS, width=600.0, height=225.0):
    return charts.as_svg(charts.score_plot(series, events, width, height)).decode()


def _places(svg, tag):
    return [(float(x), float(y)) for x, y in re.findall(rf"<{tag} [^>]*?cx=\"([\d.]+)\" cy=\"([\d.]+)\"", svg)]


def _text(pdf):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_higher_scores_stand_higher_and_later_ones_further_right():
    rings = _places(_svg(_series(3, 9, 12)), "circle")
    assert len(rings) == 3
    assert sorted(rings) == rings
    heights = [y for _, y in rings]
    # Equal steps of the score are equal steps on the paper.
    assert (heights[0] - heights[1]) / (heights[1] - heights[2]) == pytest.approx((9 - 3) / (12 - 9), rel=0.01)
    assert len({round(y, 2) for y in heights}) == 3


def test_a_critical_answer_has_a_mark_of_its_own():
    svg = _svg(_series(3, 20))
    assert len(_places(svg, "circle")) == 1
    assert svg.count("<polygon") == 1


def test_scores_bands_and_events_are_named():
    words = re.findall(r"<text[^>]*>([^<]+)</text>", _svg(_series(3, 20)))
    words = [word.strip() for word in words]
    assert {"3", "20", "mild", "severe", "PI", "C", "12 Jan", "2026"} <= set(words)


@pytest.mark.parametrize("values", [(27,), (0,), (0, 27) * 100])
@pytest.mark.parametrize("size", [(600.0, 225.0), (380.0, 140.0)])
def test_nothing_leaves_the_drawing(values, size):
    svg = _svg(_series(*values, step=3), width=size[0], height=size[1])
    numbers = re.findall(r"\b(?:x|x1|x2|cx)=\"(-?[\d.]+)\"", svg)
    assert all(0 <= float(x) <= size[0] for x in numbers)
    heights = re.findall(r"\b(?:y1|y2|cy)=\"(-?[\d.]+)\"", svg)
    assert all(0 <= float(y) <= size[1] for y in heights)


def test_the_screen_uses_the_family_of_the_window():
    assert "font-family: 'Atkinson Hyperlegible'" in _svg(_series(3))
    assert "AtkinsonHyperlegible-" not in _svg(_series(3))


def test_colours_follow_the_window():
    inks = charts.Inks(ink="#112233", ground="#445566")
    svg = charts.as_svg(charts.score_plot(_series(3, 4), (), 600, 225, inks)).decode().replace(" ", "")
    assert "rgb(6%,13%,20%)" in svg
    assert "rgb(26%,33%,40%)" in svg


def test_the_report_says_in_words_what_the_plot_shows():
    series = replace(_series(3, 9, 20), incomplete=(4,))
    history = History((series, _series(8, instrument="gad-7")), EVENTS)
    text = _text(trend_report_pdf(history, signed_screening().client, PROFILE, Paper.A4, MADE, CHAIN_HEAD))
    for words in (
        "Scores over time",
        "PHQ-9",
        "GAD-7",
        "+6",
        "+11",
        "critical answer",
        "screening 4 (incomplete)",
        "What happened",
        "Incident 2026-001",
        "+17 points, at least the 5 points",
    ):
        assert words in text, words


def test_a_long_history_goes_on_over_pages_and_loses_no_row():
    history = History((_series(*[place % 28 for place in range(120)]),), ())
    text = _text(trend_report_pdf(history, signed_screening().client, PROFILE, Paper.LETTER, MADE, CHAIN_HEAD))
    assert all(re.search(rf"\b{number}\b", text) for number in range(1, 121))
    assert "Page 1 of" in text
