-- Schema 4: what is done about signed records afterwards (follow-ups, "entered in error"), and rehearsals of the protocol.

-- A record that was entered in error stays as it was signed; the addendum says why. Lists and plots leave it out.
CREATE TABLE voided (
  record_id TEXT PRIMARY KEY,
  noun TEXT NOT NULL,
  addendum_id TEXT NOT NULL UNIQUE REFERENCES addendum (id),
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER voided_stays BEFORE UPDATE ON voided BEGIN
  SELECT raise(ABORT, 'entered in error stays so');
END;
CREATE TRIGGER voided_remains BEFORE DELETE ON voided BEGIN
  SELECT raise(ABORT, 'entered in error stays so');
END;

-- A signed incident's follow-up that was done since; `position` counts from 0 in the order that was signed.
CREATE TABLE follow_up_done (
  incident_id TEXT NOT NULL REFERENCES incident (id),
  position INTEGER NOT NULL,
  done_on TEXT NOT NULL,
  note TEXT NOT NULL,
  entered_at TEXT NOT NULL,
  PRIMARY KEY (incident_id, position)
) STRICT, WITHOUT ROWID;

-- The Crisis panel as an exercise: the practice's own, never about a client.
CREATE TABLE drill (
  id TEXT PRIMARY KEY,
  json TEXT NOT NULL,
  held_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX drill_by_time ON drill (held_at);
CREATE INDEX audit_by_record ON audit (record_id, seq);
