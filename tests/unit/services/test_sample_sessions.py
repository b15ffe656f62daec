"""The invented practice has sessions, agreements and consents, and they stand a check."""

from support.vaults import HeldClock

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.services.sample import fill_with_sample
from safeplan_desktop.storage.checks import check_content


def test_every_client_has_an_agreement_consents_and_notes_in_the_order_of_time(session):
    fill_with_sample(session.vault, HeldClock(), clients=2, seed=3)

    for client in session.clients.list():
        records = session.signed_records.of_client(client.id)
        kinds = {one.noun for one in records}
        assert kinds == {Noun.SESSION_NOTE, Noun.AGREEMENT, Noun.CONSENT}
        assert [one.day for one in records] == sorted((one.day for one in records), reverse=True)
    second = session.clients.list()[1]
    assert session.session_notes.last_whereabout(second.id) is not None
    assert all(check.ok for check in check_content(session.vault.database))


def test_the_same_practice_comes_out_again(session, tmp_path, keys):
    from support.vaults import fresh_vault, session_on

    other = session_on(fresh_vault(tmp_path / "other"))
    texts = []
    for one in (session, other):
        fill_with_sample(one.vault, HeldClock(), clients=2, seed=3)
        client = one.clients.list()[1]
        texts.append(
            [one.session_notes.get(note.id)[1].interventions for note in one.session_notes.of_client(client.id)]
        )
    other.vault.database.close()

    assert texts[0] == texts[1]
    assert texts[0]
