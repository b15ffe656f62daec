-- Schema 3: questionnaires that the therapist brought, with the file as it came.

CREATE TABLE questionnaire (
  id TEXT PRIMARY KEY,
  json TEXT NOT NULL,
  source TEXT NOT NULL,
  source_hash TEXT NOT NULL,
  taken_in_at TEXT NOT NULL,
  retired_at TEXT
) STRICT, WITHOUT ROWID;

CREATE TRIGGER questionnaire_stays BEFORE UPDATE OF id, json, source, source_hash, taken_in_at ON questionnaire BEGIN
  SELECT raise(ABORT, 'a questionnaire that was taken in never changes');
END;
CREATE TRIGGER questionnaire_remains BEFORE DELETE ON questionnaire BEGIN
  SELECT raise(ABORT, 'a questionnaire that was taken in stays');
END;
