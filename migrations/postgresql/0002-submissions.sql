-- What lists show of submissions, and where their files came from. Derived: the records make it anew at any time.
CREATE TABLE submission_summaries (
  tenant_id TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  revision BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  unit_key TEXT COLLATE "C" NOT NULL,
  year_key BIGINT NOT NULL, -- 0 where the tables name none
  unit_name TEXT COLLATE "C",
  year BIGINT,
  state TEXT COLLATE "C" NOT NULL,
  tables BIGINT NOT NULL,
  errors BIGINT NOT NULL,
  warnings BIGINT NOT NULL,
  hints BIGINT NOT NULL,
  grade BIGINT,
  updated_at TEXT COLLATE "C" NOT NULL,
  updated_by TEXT COLLATE "C" NOT NULL,
  file TEXT COLLATE "C" NOT NULL,
  notes BIGINT NOT NULL,
  overall_amount TEXT COLLATE "C",
  search TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX submissions_by_unit ON submission_summaries (tenant_id, unit_key, year_key);

-- A submission as a page shows it.
CREATE TABLE submission_pages (
  tenant_id TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  tables TEXT COLLATE "C" NOT NULL,
  notes TEXT COLLATE "C" NOT NULL,
  audit TEXT COLLATE "C" NOT NULL,
  opinion TEXT COLLATE "C",
  PRIMARY KEY (tenant_id, id)
);

CREATE TABLE submission_files (
  tenant_id TEXT COLLATE "C" NOT NULL,
  sha256 TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant_id, sha256, id)
);
CREATE INDEX submission_files_by_id ON submission_files (tenant_id, id);

-- By which program and rules the lists were made.
CREATE TABLE submission_lists (
  tenant_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  made_by TEXT COLLATE "C" NOT NULL
);
