-- What is made public. Derived: the records of publications make it anew at any time.
CREATE TABLE publications (
  tenant_id TEXT NOT NULL,
  submission TEXT NOT NULL,
  record_revision INTEGER NOT NULL, -- of the publication's own record
  state TEXT NOT NULL, -- published, withdrawn
  unit_id TEXT NOT NULL,
  year INTEGER NOT NULL,
  revision INTEGER NOT NULL, -- of the submission
  content TEXT NOT NULL, -- SHA-256
  approved_at TEXT NOT NULL,
  at TEXT NOT NULL,
  by_whom TEXT NOT NULL,
  why TEXT,
  files TEXT NOT NULL,
  PRIMARY KEY (tenant_id, submission)
) STRICT, WITHOUT ROWID;
CREATE INDEX publications_by_year ON publications (tenant_id, year);

-- What a file that somebody brings is known by: the SHA-256 of a published file, or a version code. Former versions too, until they are
-- withdrawn.
CREATE TABLE publication_marks (
  tenant_id TEXT NOT NULL,
  mark TEXT NOT NULL,
  submission TEXT NOT NULL,
  record_revision INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, mark, submission, record_revision)
) STRICT, WITHOUT ROWID;
CREATE INDEX publication_marks_by_submission ON publication_marks (tenant_id, submission);
