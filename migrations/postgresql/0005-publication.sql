-- What is made public. Derived: the records of publications make it anew at any time.
CREATE TABLE publications (
  tenant_id TEXT COLLATE "C" NOT NULL,
  submission TEXT COLLATE "C" NOT NULL,
  record_revision BIGINT NOT NULL, -- of the publication's own record
  state TEXT COLLATE "C" NOT NULL, -- published, withdrawn
  unit_id TEXT COLLATE "C" NOT NULL,
  year BIGINT NOT NULL,
  revision BIGINT NOT NULL, -- of the submission
  content TEXT COLLATE "C" NOT NULL, -- SHA-256
  approved_at TEXT COLLATE "C" NOT NULL,
  at TEXT COLLATE "C" NOT NULL,
  by_whom TEXT COLLATE "C" NOT NULL,
  why TEXT COLLATE "C",
  files TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant_id, submission)
);
CREATE INDEX publications_by_year ON publications (tenant_id, year);

-- What a file that somebody brings is known by: the SHA-256 of a published file, or a version code. Former versions too, until they are
-- withdrawn.
CREATE TABLE publication_marks (
  tenant_id TEXT COLLATE "C" NOT NULL,
  mark TEXT COLLATE "C" NOT NULL,
  submission TEXT COLLATE "C" NOT NULL,
  record_revision BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, mark, submission, record_revision)
);
CREATE INDEX publication_marks_by_submission ON publication_marks (tenant_id, submission);
