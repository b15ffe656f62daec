-- Schema 1. A file of this folder that landed never changes: the next change is the next file.
-- Times are ISO 8601 in UTC with the IANA zone they were entered in beside them; dates are ISO 8601 days.

CREATE TABLE vault (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One row a name: the practice's profile and settings, and the place to go back to after unlocking.
CREATE TABLE practice (
  name TEXT PRIMARY KEY,
  json TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE emergency_contact (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  json TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE client (
  id TEXT PRIMARY KEY,
  code TEXT NOT NULL UNIQUE COLLATE NOCASE,
  json TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  archived_at TEXT
) STRICT, WITHOUT ROWID;

-- Every form's autosave. A record's own table changes only when the therapist saves, finishes or signs.
CREATE TABLE draft (
  kind TEXT NOT NULL,
  record_id TEXT NOT NULL,
  client_id TEXT NOT NULL,
  form_json TEXT NOT NULL,
  form_version INTEGER NOT NULL,
  place TEXT NOT NULL,
  started_at TEXT NOT NULL,
  started_zone TEXT NOT NULL,
  saved_at TEXT NOT NULL,
  PRIMARY KEY (kind, record_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX draft_by_client ON draft (client_id, kind);

-- Signed records: `content` is the canonical JSON that was signed, the other columns serve lists and filters.
CREATE TABLE screening (
  id TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES client (id),
  number INTEGER NOT NULL,
  signed_at TEXT NOT NULL,
  signed_zone TEXT NOT NULL,
  reason TEXT NOT NULL,
  judgement TEXT NOT NULL,
  level TEXT NOT NULL,
  next_reassessment TEXT,
  flagged INTEGER NOT NULL,
  content TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  UNIQUE (client_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_version (
  id TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES client (id),
  number INTEGER NOT NULL,
  finished_at TEXT NOT NULL,
  finished_zone TEXT NOT NULL,
  review_on TEXT NOT NULL,
  content TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  UNIQUE (client_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE incident (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  client_id TEXT REFERENCES client (id),
  category TEXT NOT NULL,
  happened_at TEXT NOT NULL,
  zone TEXT NOT NULL,
  entered_at TEXT NOT NULL,
  entered_zone TEXT NOT NULL,
  signed_at TEXT NOT NULL,
  signed_zone TEXT NOT NULL,
  physical_harm TEXT NOT NULL,
  psychological_harm TEXT NOT NULL,
  content TEXT NOT NULL,
  content_hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX incident_by_client ON incident (client_id);
CREATE INDEX incident_by_time ON incident (happened_at);

-- `noun` says whether `record_id` is a screening or an incident.
CREATE TABLE addendum (
  id TEXT PRIMARY KEY,
  noun TEXT NOT NULL,
  record_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  signed_at TEXT NOT NULL,
  signed_zone TEXT NOT NULL,
  content TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  UNIQUE (record_id, number)
) STRICT, WITHOUT ROWID;

-- The audit's chain: each hash covers the one before it and the row's canonical JSON.
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  zone TEXT NOT NULL,
  action TEXT NOT NULL,
  noun TEXT NOT NULL,
  record_id TEXT NOT NULL,
  detail TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE search USING fts5 (
  noun UNINDEXED,
  record_id UNINDEXED,
  client_id UNINDEXED,
  title,
  body,
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '2 3'
);
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER screening_stays BEFORE UPDATE ON screening BEGIN
  SELECT raise(ABORT, 'a signed screening never changes');
END;
CREATE TRIGGER screening_remains BEFORE DELETE ON screening BEGIN
  SELECT raise(ABORT, 'a signed screening never changes');
END;
CREATE TRIGGER plan_version_stays BEFORE UPDATE ON plan_version BEGIN
  SELECT raise(ABORT, 'a finished plan never changes');
END;
CREATE TRIGGER plan_version_remains BEFORE DELETE ON plan_version BEGIN
  SELECT raise(ABORT, 'a finished plan never changes');
END;
CREATE TRIGGER incident_stays BEFORE UPDATE ON incident BEGIN
  SELECT raise(ABORT, 'a signed incident never changes');
END;
CREATE TRIGGER incident_remains BEFORE DELETE ON incident BEGIN
  SELECT raise(ABORT, 'a signed incident never changes');
END;
CREATE TRIGGER addendum_stays BEFORE UPDATE ON addendum BEGIN
  SELECT raise(ABORT, 'an addendum never changes');
END;
CREATE TRIGGER addendum_remains BEFORE DELETE ON addendum BEGIN
  SELECT raise(ABORT, 'an addendum never changes');
END;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN
  SELECT raise(ABORT, 'the audit never changes');
END;
CREATE TRIGGER audit_remains BEFORE DELETE ON audit BEGIN
  SELECT raise(ABORT, 'the audit never changes');
END;
CREATE TRIGGER audit_grows BEFORE INSERT ON audit
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit) BEGIN
  SELECT raise(ABORT, 'the audit has no gaps');
END;
