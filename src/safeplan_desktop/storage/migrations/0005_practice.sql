-- Schema 5: the rest of the practice: signed records of every further kind, a register, attachments, statuses, purge.

-- Signed records whose kind needs no columns of its own: session notes, consents, agreements, policy versions and so on.
-- `number` counts within a kind, of a client or of the practice; `day` is the day that the record is about.
CREATE TABLE signed_record (
  id TEXT PRIMARY KEY,
  noun TEXT NOT NULL,
  client_id TEXT REFERENCES client (id),
  number INTEGER NOT NULL,
  title TEXT NOT NULL,
  day TEXT NOT NULL,
  signed_at TEXT NOT NULL,
  signed_zone TEXT NOT NULL,
  content TEXT NOT NULL,
  content_hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX signed_record_by_number ON signed_record (noun, coalesce(client_id, ''), number);
CREATE INDEX signed_record_by_client ON signed_record (client_id, day);

CREATE TRIGGER signed_record_stays BEFORE UPDATE ON signed_record BEGIN
  SELECT raise(ABORT, 'a signed record never changes');
END;

-- What is noted by the day and may be put right: trainings, handouts given, status changes, feedback, reviews. The audit
-- holds the hash of each row, so that an edit behind the program's back shows.
CREATE TABLE register_entry (
  id TEXT PRIMARY KEY,
  noun TEXT NOT NULL,
  client_id TEXT REFERENCES client (id),
  day TEXT NOT NULL,
  json TEXT NOT NULL,
  entered_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX register_entry_by_noun ON register_entry (noun, day);
CREATE INDEX register_entry_by_client ON register_entry (client_id, day);

-- Files that belong to a record (a signed consent that was scanned, a certificate), cut in pieces of 64 KiB.
CREATE TABLE attachment (
  id TEXT PRIMARY KEY,
  noun TEXT NOT NULL,
  record_id TEXT NOT NULL,
  client_id TEXT REFERENCES client (id),
  title TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  entered_at TEXT NOT NULL,
  entered_zone TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX attachment_by_record ON attachment (record_id);
CREATE INDEX attachment_by_client ON attachment (client_id);

CREATE TABLE attachment_piece (
  attachment_id TEXT NOT NULL REFERENCES attachment (id),
  position INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (attachment_id, position)
) STRICT;

CREATE TRIGGER attachment_stays BEFORE UPDATE ON attachment BEGIN
  SELECT raise(ABORT, 'an attachment never changes');
END;
CREATE TRIGGER attachment_piece_stays BEFORE UPDATE ON attachment_piece BEGIN
  SELECT raise(ABORT, 'an attachment never changes');
END;

-- Where a client stands in the practice; its history is in the register.
ALTER TABLE client ADD COLUMN status TEXT NOT NULL DEFAULT 'active';

-- The index of the search anew: with beginnings of up to eight letters, so that each key finds at once however many
-- records hold the word, and with the kind of record, by which it narrows.
ALTER TABLE search RENAME TO search_before;
CREATE VIRTUAL TABLE search USING fts5 (
  noun UNINDEXED,
  record_id UNINDEXED,
  client_id UNINDEXED,
  title,
  body,
  kind,
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '1 2 3 4 5 6 7 8'
);
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);
INSERT INTO search (noun, record_id, client_id, title, body, kind)
SELECT noun, record_id, client_id, title, body, replace(noun, '-', '') FROM search_before ORDER BY rowid;
DROP TABLE search_before;

-- Where the index keeps a record: without it every change would look through the whole index.
CREATE TABLE search_place (
  noun TEXT NOT NULL,
  record_id TEXT NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (noun, record_id)
) STRICT, WITHOUT ROWID;
INSERT OR REPLACE INTO search_place (noun, record_id, place) SELECT noun, record_id, rowid FROM search;

-- What lists and due rows need of each record, so that no signed text is read for them.
CREATE INDEX screening_in_lists ON screening (client_id, number, next_reassessment, signed_at);
CREATE INDEX plan_version_in_lists ON plan_version (client_id, number, review_on, finished_at);
CREATE INDEX incident_in_lists ON incident (client_id, signed_at);
CREATE INDEX incident_with_follow_ups ON incident (signed_at) WHERE instr(content, '"follow_ups":[]') = 0;
CREATE INDEX draft_by_time ON draft (saved_at);

-- The one door through which what was signed may go: the record of a client past its retention, all of it in one
-- transaction that names the client here and takes the name out again before it ends.
CREATE TABLE purging (
  client_id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

DROP TRIGGER screening_remains;
CREATE TRIGGER screening_remains BEFORE DELETE ON screening
WHEN NOT EXISTS (SELECT 1 FROM purging WHERE client_id = OLD.client_id) BEGIN
  SELECT raise(ABORT, 'a signed screening never changes');
END;
DROP TRIGGER plan_version_remains;
CREATE TRIGGER plan_version_remains BEFORE DELETE ON plan_version
WHEN NOT EXISTS (SELECT 1 FROM purging WHERE client_id = OLD.client_id) BEGIN
  SELECT raise(ABORT, 'a finished plan never changes');
END;
DROP TRIGGER plan_review_remains;
CREATE TRIGGER plan_review_remains BEFORE DELETE ON plan_review
WHEN NOT EXISTS (SELECT 1 FROM purging WHERE client_id = OLD.client_id) BEGIN
  SELECT raise(ABORT, 'a review that was noted never changes');
END;
DROP TRIGGER incident_remains;
CREATE TRIGGER incident_remains BEFORE DELETE ON incident
WHEN OLD.client_id IS NULL OR NOT EXISTS (SELECT 1 FROM purging WHERE client_id = OLD.client_id) BEGIN
  SELECT raise(ABORT, 'a signed incident never changes');
END;
CREATE TRIGGER signed_record_remains BEFORE DELETE ON signed_record
WHEN OLD.client_id IS NULL OR NOT EXISTS (SELECT 1 FROM purging WHERE client_id = OLD.client_id) BEGIN
  SELECT raise(ABORT, 'a signed record never changes');
END;
CREATE TRIGGER attachment_remains BEFORE DELETE ON attachment
WHEN OLD.client_id IS NULL OR NOT EXISTS (SELECT 1 FROM purging WHERE client_id = OLD.client_id) BEGIN
  SELECT raise(ABORT, 'an attachment stays');
END;
CREATE TRIGGER attachment_piece_remains BEFORE DELETE ON attachment_piece
WHEN NOT EXISTS (
  SELECT 1 FROM attachment, purging WHERE attachment.id = OLD.attachment_id AND purging.client_id = attachment.client_id
) BEGIN
  SELECT raise(ABORT, 'an attachment stays');
END;
-- Addenda and marks go before the records that they belong to, which say whose they are.
DROP TRIGGER addendum_remains;
CREATE TRIGGER addendum_remains BEFORE DELETE ON addendum
WHEN NOT EXISTS (
  SELECT 1 FROM purging WHERE client_id IN (
    SELECT client_id FROM screening WHERE id = OLD.record_id
    UNION ALL SELECT client_id FROM incident WHERE id = OLD.record_id
    UNION ALL SELECT client_id FROM plan_version WHERE id = OLD.record_id
    UNION ALL SELECT client_id FROM signed_record WHERE id = OLD.record_id
  )
) BEGIN
  SELECT raise(ABORT, 'an addendum never changes');
END;
DROP TRIGGER voided_remains;
CREATE TRIGGER voided_remains BEFORE DELETE ON voided
WHEN NOT EXISTS (
  SELECT 1 FROM purging WHERE client_id IN (
    SELECT client_id FROM screening WHERE id = OLD.record_id
    UNION ALL SELECT client_id FROM incident WHERE id = OLD.record_id
    UNION ALL SELECT client_id FROM plan_version WHERE id = OLD.record_id
    UNION ALL SELECT client_id FROM signed_record WHERE id = OLD.record_id
  )
) BEGIN
  SELECT raise(ABORT, 'entered in error stays so');
END;
