"""What documents and plots are made with, loaded before the first one is asked for."""

from __future__ import annotations


def load_documents() -> None:
    """Loads the modules and the fonts; work for a job, and done at once when it was done before. Touches no record."""
    from safeplan_desktop.documents import charts, count_charts, record_parts  # noqa: PLC0415 - ReportLab loads in the job

    # Some of it loads only while something is drawn, and reports load more than plots.
    charts.as_svg(count_charts.bar_plot((), 100.0))
    record_parts.margins("", "", "")
