"""Promise: what somebody with the key changes in guarded rows is found, and the right row is named."""

import random
from dataclasses import replace

import pytest
from support.incidents import sign_incident
from support.questionnaires import as_bytes, grouped_sum, phq9
from support.vaults import HeldClock, finish_two_versions, fresh_vault, session_on
from support.whole_records import fill_record

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.canonical import to_json
from safeplan_desktop.domain.chain_heads import HeadSource, HeadVerdict, RecordedHead, parse_fingerprint
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.crisis import Variant
from safeplan_desktop.domain.drills import Drill
from safeplan_desktop.domain.incidents import AddendumKind, FollowUp
from safeplan_desktop.errors import InvalidInputError
from safeplan_desktop.security.chain import GENESIS, link, next_hash
from safeplan_desktop.services.sample import fill_with_sample
from safeplan_desktop.storage import audit
from safeplan_desktop.storage.audit import canonical_text
from safeplan_desktop.storage.chain_heads import compare_heads
from safeplan_desktop.storage.checks import check_content
from safeplan_desktop.storage.connection import driver
from safeplan_desktop.storage.rows import instant

SIGNED = (
    *("screening", "plan_version", "plan_review", "questionnaire", "incident", "addendum", "voided", "audit"),
    *("signed_record", "attachment"),
)
KEPT = ("client", "practice", "emergency_contact", "follow_up_done", "drill", "plan_copy", "register_entry")
TABLES = (*SIGNED, *KEPT)
KEYS = {"voided": "record_id", "audit": "seq", "practice": "name", "follow_up_done": "incident_id"}
UNGUARDED = {"questionnaire": {"retired_at"}}
EDITS = 1000


def void(session, noun, record_id):
    """Marks a record as entered in error."""
    session.addenda.void(noun, record_id, "", reason="Wrong client", signer="R")


def keep_several(session, clock):
    """Several rows in every table whose rows may change: archived and not, done and taken back."""
    clients = session.clients.list()
    for client in clients[-2:]:
        clock.forward(minutes=1)
        session.clients.archive(client.id)
    session.clients.unarchive(clients[-1].id)
    session.clients.change(clients[1].id, replace(clients[1].form, pronouns="they"))
    session.practice.save_settings(replace(session.practice.settings(), drill_months=3))
    clock.forward(minutes=1)
    session.practice.reset_protocol()
    for number in range(4):
        clock.forward(hours=1)
        incident = sign_incident(session, clients[number].id, follow_ups=(FollowUp("Call", None),))
        session.incidents.follow_up_done(incident.id, 0, clock.moment.date(), f"Called, {number}")
    session.incidents.follow_up_open(incident.id, 0)
    for number in range(2):
        clock.forward(minutes=1)
        session.drills.keep(
            Drill(f"drill-{number}", Variant.OFFICE, session.desk.now(), clock.moment, ()), f"Door {number}"
        )


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    """A small practice with several rows in every guarded table."""
    clock = HeldClock()
    session = session_on(fresh_vault(tmp_path_factory.mktemp("tamper") / "vault"), clock)
    fill_with_sample(session.vault, clock, clients=6, seed=3)
    clock.forward(days=1)
    clients = session.clients.list()
    finish_two_versions(session, clients[0].id)
    for client in clients[:3]:
        clock.forward(hours=1)
        version = session.plans.of_client(client.id)[0]
        session.plans.reviewed(version.id, clock.moment.date().replace(month=6))
        clock.forward(hours=1)
        session.plans.reviewed(version.id, clock.moment.date().replace(month=7))
    for data in (phq9(), grouped_sum(2)):
        clock.forward(hours=1)
        session.questionnaires.take_in(as_bytes(data), permission="Free for clinical use")
    for client in clients[:4]:
        for screening in session.screenings.of_client(client.id)[:2]:
            clock.forward(hours=1)
            for kind in AddendumKind:
                if kind.value != "entered-in-error":
                    session.addenda.add(
                        Noun.SCREENING,
                        screening.id,
                        client.id,
                        kind=kind,
                        reason="Forgotten",
                        text="Müde, 睡眠 schlecht",
                        signer="Dr. Alma Reyes",
                    )
    clock.forward(hours=1)
    incidents = session.incidents.list()
    void(session, Noun.INCIDENT, incidents[0].id)
    clock.forward(hours=1)
    void(session, Noun.SCREENING, session.screenings.of_client(clients[0].id)[0].id)
    void(session, Noun.PLAN, session.plans.of_client(clients[0].id)[0].id)
    keep_several(session, clock)
    for code in ("W-01", "W-02"):
        clock.forward(hours=1)
        fill_record(session, code)
    session.clients.viewed(clients[0].id)
    yield session
    session.vault.database.close()


@pytest.fixture
def guards(session):
    """Takes the guards away for a test, as somebody with the key can; the structure is a check of its own."""
    triggers = session.vault.database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    for name, _ in triggers:
        session.vault.database.execute(f"DROP TRIGGER {name}")
    session.vault.database.execute("PRAGMA foreign_keys = OFF")
    yield dict(triggers)
    for _, sql in triggers:
        session.vault.database.execute(sql)
    session.vault.database.execute("PRAGMA foreign_keys = ON")


class Tamperer:
    """Makes up edits: each is a list of statements, and the rows that may be named for it."""

    def __init__(self, database, seed):
        self.database, self.rng = database, random.Random(seed)
        self.columns = {table: [row[1] for row in database.execute(f"PRAGMA table_info({table})")] for table in TABLES}
        self.rows = {table: database.execute(f"SELECT * FROM {table}") for table in TABLES}
        self.rows["practice"] = [row for row in self.rows["practice"] if row[0] != "place"]
        self.place = 0

    def next(self):
        table = TABLES[self.place % len(TABLES)]
        kinds = ("update", "update", "update", "clock", "swap", "delete", "insert")
        kind = kinds[self.place // len(TABLES) % len(kinds)]
        self.place += 1
        return table, kind, getattr(self, f"_{kind}")(table)

    def _key(self, table):
        return KEYS.get(table, "id")

    def _guarded(self, table):
        return [name for name in self.columns[table] if name not in UNGUARDED.get(table, ())]

    def _cell(self, table, row, column):
        return row[self.columns[table].index(column)]

    def _changed(self, table, row, column):
        """Another value for a cell: that of another row, or the old one with something else in it."""
        old = self._cell(table, row, column)
        others = [v for r in self.rows[table] if (v := self._cell(table, r, column)) != old and v is not None]
        if isinstance(old, int):
            return old + self.rng.choice((1, -1, 7, 1000)) if column != "flagged" else 1 - old
        if others and self.rng.random() < 0.5 and column != self._key(table):
            return self.rng.choice(others)
        if old is None:
            return "2026-01-01"
        place = self.rng.randrange(len(old) + 1)
        return (
            old[:place]
            + self.rng.choice("abcxyz019 ü")
            + old[place + self.rng.randrange(2) :]
            + self.rng.choice(("", "!"))
        )

    def _set(self, table, row, column, value):
        key = self._key(table)
        return f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (value, self._cell(table, row, key))

    def _update(self, table):
        row = self.rng.choice(self.rows[table])
        column = self.rng.choice(self._guarded(table))
        value = self._changed(table, row, column)
        while value == self._cell(table, row, column):
            value = self._changed(table, row, column)
        return [self._set(table, row, column, value)], self._names(table, row) | {str(value)}

    def _clock(self, table):
        """Another time, by seconds to years, in the right form."""
        import datetime as dt

        row = self.rng.choice(self.rows[table])
        times = [
            n for n in self._guarded(table) if n.endswith("_at") or n == "at" if self._cell(table, row, n) is not None
        ]
        if not times:
            return self._update(table)
        column = self.rng.choice(times)
        old = dt.datetime.fromisoformat(self._cell(table, row, column))
        seconds = self.rng.choice((1, 60, 3600, 86_400, 30_000_000)) * self.rng.choice((1, -1))
        return [self._set(table, row, column, instant(old + dt.timedelta(seconds=seconds)))], self._names(table, row)

    def _swap(self, table):
        """Two rows change places in one column."""
        for _ in range(200):
            one, other = self.rng.sample(self.rows[table], 2)
            column = self.rng.choice([n for n in self._guarded(table) if n != self._key(table)])
            if self._cell(table, one, column) != self._cell(table, other, column):
                break
        else:
            raise AssertionError(table)
        statements = [
            self._set(table, one, column, "aside" if isinstance(self._cell(table, one, column), str) else -99),
            self._set(table, other, column, self._cell(table, one, column)),
            self._set(table, one, column, self._cell(table, other, column)),
        ]
        return statements, self._names(table, one) | self._names(table, other)

    def _delete(self, table):
        row = self.rng.choice(self.rows[table])
        key = self._key(table)
        return [(f"DELETE FROM {table} WHERE {key} = ?", (self._cell(table, row, key),))], self._names(table, row)

    def _insert(self, table):
        """A row like another one, under a new id and number."""
        row = list(self.rng.choice(self.rows[table]))
        columns = self.columns[table]
        new = f"new-{self.rng.random()}"
        names = {new}
        if table == "audit":
            row[0] = len(self.rows["audit"]) + 1
            row[8] = self.rows["audit"][-1][9]
            names = {str(row[0])}
        else:
            row[columns.index(self._key(table))] = new
            for column in ("number", "addendum_id"):
                if column in columns:
                    old = row[columns.index(column)]
                    row[columns.index(column)] = old + 50 if isinstance(old, int) else f"{old}9"
        names |= self._names(table, row)
        return [(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", tuple(row))], names

    def _names(self, table, row):
        """Ids and numbers by which a finding may name a row."""
        names = {str(self._cell(table, row, self._key(table)))}
        if table == "audit":
            names.add(str(row[0] + 1))
        if table == "plan_review":
            names.add(self._cell(table, row, "version_id"))
        if table == "addendum":
            names.add(self._cell(table, row, "record_id"))
        if table == "emergency_contact":
            names.add("contact")  # a list in another order is named as a whole
        return names


def test_a_thousand_edits_by_somebody_with_the_key_are_all_found_and_named(session, guards):
    database = session.vault.database
    last = audit.head(database)
    heads = (RecordedHead(HeadSource.KEY_FILE, last.seq, last.hash),)
    apart = {"guards"}
    assert not [check for check in check_content(database, heads) if not check.ok and check.id not in apart]
    tamperer, unseen, misnamed = Tamperer(database, seed=20), [], []
    refused = 0
    done = 0
    while done < EDITS:
        table, kind, (statements, names) = tamperer.next()
        database.execute("BEGIN")
        try:
            try:
                for statement, values in statements:
                    database.execute(statement, values)
            except driver.IntegrityError:  # another row has that id or number already
                refused += 1
                continue
            done += 1
            failed = [
                c for c in check_content(database, heads) if not c.ok and c.id not in apart and c.id != "search-index"
            ]
        finally:
            database.roll_back()
        if not failed:
            unseen.append((table, kind, statements))
        elif not any({check.record_id, str(check.seq), check.noun} & names for check in failed):
            misnamed.append((table, kind, names, failed))
    assert not unseen, (len(unseen), unseen[:5])
    assert not misnamed, (len(misnamed), misnamed[:3])
    assert refused < EDITS / 3


def _failed(session):
    return {check.id: check for check in check_content(session.vault.database) if not check.ok}


@pytest.mark.parametrize(
    ("statements", "check", "words"),
    [
        (["DROP TRIGGER audit_remains"], "guards", "missing: audit_remains"),
        (
            [
                "DROP TRIGGER incident_stays",
                "CREATE TRIGGER incident_stays BEFORE UPDATE ON incident WHEN 0 BEGIN SELECT raise(ABORT, 'x'); END",
            ],
            "guards",
            "replaced by another: incident_stays",
        ),
        (
            ["CREATE TRIGGER quiet AFTER INSERT ON audit BEGIN DELETE FROM draft; END"],
            "guards",
            "doesn't make: quiet",
        ),
        (["DROP INDEX audit_by_record"], "schema", "index audit_by_record is missing"),
        (["CREATE TABLE notes (a TEXT)"], "schema", "table that this program doesn't make: notes"),
        (
            ["DROP INDEX incident_by_time", "CREATE INDEX incident_by_time ON incident (entered_at)"],
            "schema",
            "incident_by_time was made otherwise",
        ),
    ],
)
def test_a_guard_a_table_or_an_index_that_isnt_the_programs_own_is_found_and_named(session, statements, check, words):
    database = session.vault.database
    assert _failed(session) == {}
    database.execute("BEGIN")
    try:
        for statement in statements:
            database.execute(statement)
        assert words in _failed(session)[check].sentence
    finally:
        database.roll_back()


def test_a_step_back_of_the_clock_is_explained_by_an_entry_and_found_where_there_is_none(tmp_path):
    clock = HeldClock()
    session = session_on(fresh_vault(tmp_path / "vault"), clock)
    database = session.vault.database
    clock.forward(hours=-2)
    session.clients.add(ClientForm(code="M-07", name="Maren Holt"))
    actions = [entry.action for entry in audit.latest(database, limit=2)]
    assert actions == [AuditAction.CREATED, AuditAction.CLOCK_WENT_BACK]
    assert _failed(session) == {}
    # Somebody writes an entry with the program's own hash, but for an earlier day.
    last = audit.head(database)
    columns = ("2026-01-05T10:00:00+00:00", "America/Denver", "viewed", "vault", "", "", "")
    own = link(last.hash, canonical_text(last.seq + 1, columns).encode())
    database.execute(
        "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (last.seq + 1, *columns, last.hash, own)
    )
    assert set(_failed(session)) == {"times"}
    assert _failed(session)["times"].seq == last.seq + 1
    session.vault.database.close()


def test_a_time_zone_that_doesnt_exist_is_found(tmp_path):
    clock = HeldClock(zone_name="Mars/Olympus")
    session = session_on(fresh_vault(tmp_path / "vault"), clock)
    assert "time zone" in _failed(session)["zones"].sentence
    session.vault.database.close()


def _rewrite(database, *, since, detail):
    """Changes an entry and computes the whole chain anew from there on, as somebody with the key can."""
    rows = database.execute(
        "SELECT seq, at, zone, action, noun, record_id, detail, content_hash, previous_hash FROM audit WHERE seq >= ?"
        " ORDER BY seq",
        (since,),
    )
    previous = rows[0][8]
    for seq, *columns, _ in rows:
        if seq == since:
            columns[5] = detail
        own = link(previous, canonical_text(seq, tuple(columns)).encode())
        database.execute(
            "UPDATE audit SET detail = ?, previous_hash = ?, hash = ? WHERE seq = ?", (columns[5], previous, own, seq)
        )
        previous = own


@pytest.mark.parametrize("what", ["rewritten", "cut"])
def test_a_recomputed_chain_and_a_cut_tail_are_found_against_each_earlier_head(session, guards, what):
    database = session.vault.database
    last = audit.head(database)
    short = last.fingerprint
    heads = (
        RecordedHead(HeadSource.KEY_FILE, last.seq, last.hash),
        RecordedHead(HeadSource.BACKUP, last.seq - 1, audit.hash_at(database, last.seq - 1), "a.safeplan-backup"),
        parse_fingerprint(f"Fingerprint {short}, entry {last.seq}"),
        parse_fingerprint(short),
    )
    assert [one.verdict for one in compare_heads(database, heads)] == [HeadVerdict.SAME] * 4
    database.execute("BEGIN")
    try:
        if what == "rewritten":
            _rewrite(database, since=last.seq - 5, detail="x")
        else:
            database.execute("DELETE FROM audit WHERE seq > ?", (last.seq - 2,))
        assert audit.verify_chain(database) is None
        found = compare_heads(database, heads)
        assert [one.verdict for one in found] == [HeadVerdict.DIFFERENT] * 4
        words = "rewritten" if what == "rewritten" else f"ends at entry {last.seq - 2}"
        assert words in found[0].sentence
        for head in heads:
            check = next(check for check in check_content(database, (head,)) if check.id == "heads")
            assert not check.ok
    finally:
        database.roll_back()


def test_without_an_earlier_head_the_check_says_that_there_was_none(session):
    check = next(check for check in check_content(session.vault.database) if check.id == "heads")
    assert check.ok
    assert check.sentence.startswith("No earlier end of the history was at hand")


@pytest.mark.parametrize(
    ("typed", "seq", "digits"),
    [
        ("Fingerprint 3fa94c0b77d1, entry 1234", 1234, "3fa94c0b77d1"),
        ("  3FA94C0B77D1 ", None, "3fa94c0b77d1"),
        ("3fa9 4c0b 77d1 1234567", 1234567, "3fa94c0b77d1"),
        ("3fa94c0b77d1 entry 7", 7, "3fa94c0b77d1"),
        ("3fa9-4c0b-77d1", None, "3fa94c0b77d1"),
        ("a" * 64, None, "a" * 64),
    ],
)
def test_a_fingerprint_is_read_as_it_is_printed_and_as_people_type_it(typed, seq, digits):
    head = parse_fingerprint(typed)
    assert (head.seq, head.hash) == (seq, digits)


@pytest.mark.parametrize("typed", ["", "entry 12", "3fa94c", "hello there", "3fa94c0b77dz, entry 3"])
def test_what_is_no_fingerprint_is_refused_beside_the_field(typed):
    with pytest.raises(InvalidInputError) as refused:
        parse_fingerprint(typed)
    assert refused.value.field == "fingerprint"


def test_the_quick_canonical_form_of_an_entry_is_the_canonical_form_byte_for_byte():
    rng = random.Random(4)
    letters = 'aZ09 "\\/\b\f\n\r\t\x00\x1f\x7f\u2028éß漢字😀عא{}[],:'
    for _ in range(2000):
        columns = tuple("".join(rng.choices(letters, k=rng.randrange(12))) for _ in range(7))
        seq = rng.randrange(10**9)
        assert canonical_text(seq, columns).encode() == to_json([seq, *columns]).encode()


def test_the_quick_hash_of_an_entry_is_the_hash_of_a_link():
    assert next_hash(GENESIS, "[1,é]") == link(GENESIS, "[1,é]".encode())
