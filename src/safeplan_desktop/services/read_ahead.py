"""What documents, plots and rooms are made with, loaded before the first one is asked for."""

from __future__ import annotations

from safeplan_desktop.domain.agreements import AgreementForm
from safeplan_desktop.domain.canonical import prepare
from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.consents import ConsentForm
from safeplan_desktop.domain.incidents import IncidentForm
from safeplan_desktop.domain.plans import PlanForm
from safeplan_desktop.domain.policy import PolicyForm
from safeplan_desktop.domain.screenings import ScreeningForm
from safeplan_desktop.domain.session_notes import SessionNoteForm
from safeplan_desktop.services import reference


def load_texts() -> None:
    """Reads the longer packaged texts, and works out how the large forms are stored.

    Work for a job, and done at once when it was done before. Touches no record.
    """
    for read in (reference.instruments, reference.handouts, reference.countries, reference.screening_lists):
        read()
    for read_more in (reference.checklists, reference.policy, reference.closing_list):
        read_more()
    for form in (
        ClientForm,
        ScreeningForm,
        PlanForm,
        IncidentForm,
        SessionNoteForm,
        AgreementForm,
        ConsentForm,
        PolicyForm,
    ):
        prepare(form)


def load_documents() -> None:
    """Loads the modules and the fonts; work for a job, and done at once when it was done before. Touches no record."""
    from safeplan_desktop.documents import charts, count_charts, record_parts  # noqa: PLC0415 - ReportLab loads in the job

    # Some of it loads only while something is drawn, and reports load more than plots.
    charts.as_svg(count_charts.bar_plot((), 100.0))
    record_parts.margins("", "", "")
