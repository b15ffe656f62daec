-- Schema 2: who has a copy of which plan version, and reviews of a plan that changed nothing.

CREATE TABLE plan_copy (
  id TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES client (id),
  version_id TEXT NOT NULL REFERENCES plan_version (id),
  json TEXT NOT NULL,
  given_on TEXT NOT NULL,
  ended_on TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX plan_copy_by_client ON plan_copy (client_id);

CREATE TABLE plan_review (
  id TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES client (id),
  version_id TEXT NOT NULL REFERENCES plan_version (id),
  reviewed_on TEXT NOT NULL,
  next_review_on TEXT NOT NULL,
  entered_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX plan_review_by_version ON plan_review (version_id, entered_at);

CREATE TRIGGER plan_review_stays BEFORE UPDATE ON plan_review BEGIN
  SELECT raise(ABORT, 'a review that was noted never changes');
END;
CREATE TRIGGER plan_review_remains BEFORE DELETE ON plan_review BEGIN
  SELECT raise(ABORT, 'a review that was noted never changes');
END;
