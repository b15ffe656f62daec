"""What documents, plots and rooms are made with, loaded before the first one is asked for."""

from __future__ import annotations

from safeplan_desktop.services import reference


def load_texts() -> None:
    """Reads the longer packaged texts; work for a job, and done at once when it was done before. Touches no record."""
    for read in (reference.instruments, reference.handouts, reference.countries, reference.screening_lists):
        read()
    for read_more in (reference.checklists, reference.policy, reference.closing_list):
        read_more()


def load_documents() -> None:
    """Loads the modules and the fonts; work for a job, and done at once when it was done before. Touches no record."""
    from safeplan_desktop.documents import charts, count_charts, record_parts  # noqa: PLC0415 - ReportLab loads in the job

    # Some of it loads only while something is drawn, and reports load more than plots.
    charts.as_svg(count_charts.bar_plot((), 100.0))
    record_parts.margins("", "", "")
