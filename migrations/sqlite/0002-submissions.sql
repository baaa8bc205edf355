-- What lists show of submissions, and where their files came from. Derived: the records make it anew at any time.
CREATE TABLE submission_summaries (
  tenant_id TEXT NOT NULL,
  id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  unit_key TEXT NOT NULL,
  year_key INTEGER NOT NULL, -- 0 where the tables name none
  unit_name TEXT,
  year INTEGER,
  state TEXT NOT NULL,
  tables INTEGER NOT NULL,
  errors INTEGER NOT NULL,
  warnings INTEGER NOT NULL,
  hints INTEGER NOT NULL,
  grade INTEGER,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  file TEXT NOT NULL,
  notes INTEGER NOT NULL,
  overall_amount TEXT,
  search TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX submissions_by_unit ON submission_summaries (tenant_id, unit_key, year_key);

-- A submission as a page shows it.
CREATE TABLE submission_pages (
  tenant_id TEXT NOT NULL,
  id TEXT NOT NULL,
  tables TEXT NOT NULL,
  notes TEXT NOT NULL,
  audit TEXT NOT NULL,
  opinion TEXT,
  PRIMARY KEY (tenant_id, id)
) STRICT;

CREATE TABLE submission_files (
  tenant_id TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (tenant_id, sha256, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX submission_files_by_id ON submission_files (tenant_id, id);

-- By which program and rules the lists were made.
CREATE TABLE submission_lists (
  tenant_id TEXT NOT NULL PRIMARY KEY,
  made_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
