-- The indicator library (指标库), derived: what approved tables say, and what people wrote to it. The records make it anew at any time.
CREATE TABLE library_uses (
  tenant_id TEXT COLLATE "C" NOT NULL,
  submission TEXT COLLATE "C" NOT NULL,
  table_no BIGINT NOT NULL,
  indicator_no BIGINT NOT NULL,
  entry TEXT COLLATE "C" NOT NULL,
  year_key BIGINT NOT NULL, -- 0 where the table names none
  kind TEXT COLLATE "C" NOT NULL, -- overall, project
  table_key TEXT COLLATE "C" NOT NULL, -- the project's folded name without its year; empty for an overall table
  path_key TEXT COLLATE "C" NOT NULL, -- the levels and the name, folded
  project_name TEXT COLLATE "C",
  level1 TEXT COLLATE "C" NOT NULL,
  level2 TEXT COLLATE "C",
  name TEXT COLLATE "C" NOT NULL,
  comparator TEXT COLLATE "C" NOT NULL,
  target TEXT COLLATE "C" NOT NULL, -- as people read it
  measure_unit TEXT COLLATE "C",
  number TEXT COLLATE "C", -- exact decimal; none where it compares with no other
  explanation TEXT COLLATE "C",
  scoring_rule TEXT COLLATE "C",
  evidence TEXT COLLATE "C",
  PRIMARY KEY (tenant_id, submission, table_no, indicator_no)
);
CREATE INDEX library_uses_by_entry ON library_uses (tenant_id, entry, year_key);

CREATE TABLE library_entries (
  tenant_id TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  revision BIGINT NOT NULL, -- of what people wrote; 0: nothing
  level1 TEXT COLLATE "C" NOT NULL,
  level2 TEXT COLLATE "C",
  name TEXT COLLATE "C" NOT NULL,
  direction TEXT COLLATE "C" NOT NULL, -- at_least, at_most, exact, qualitative
  comparator TEXT COLLATE "C" NOT NULL,
  measure_unit TEXT COLLATE "C",
  explanation TEXT COLLATE "C",
  scoring_rule TEXT COLLATE "C",
  evidence TEXT COLLATE "C",
  function_class TEXT COLLATE "C",
  retired BIGINT NOT NULL,
  tables BIGINT NOT NULL,
  units BIGINT NOT NULL,
  years BIGINT NOT NULL,
  last_year BIGINT,
  overall_tables BIGINT NOT NULL,
  project_tables BIGINT NOT NULL,
  numbers BIGINT NOT NULL, -- how many targets the figures stand on
  least TEXT COLLATE "C",
  q1 TEXT COLLATE "C",
  median TEXT COLLATE "C",
  q3 TEXT COLLATE "C",
  most TEXT COLLATE "C",
  search TEXT COLLATE "C" NOT NULL, -- every name it goes by, folded, a line each
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX library_entries_by_use ON library_entries (tenant_id, tables);

-- Characters and pairs of characters of the names.
CREATE TABLE library_grams (
  tenant_id TEXT COLLATE "C" NOT NULL,
  gram TEXT COLLATE "C" NOT NULL,
  entry TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant_id, gram, entry)
);
CREATE INDEX library_grams_by_entry ON library_grams (tenant_id, entry);

-- What people wrote to an entry, with what makes it this entry and no other.
CREATE TABLE library_notes (
  tenant_id TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  revision BIGINT NOT NULL,
  level1 TEXT COLLATE "C" NOT NULL,
  level2 TEXT COLLATE "C",
  original TEXT COLLATE "C" NOT NULL, -- the name as the tables have it
  direction TEXT COLLATE "C" NOT NULL,
  measure_unit TEXT COLLATE "C",
  name TEXT COLLATE "C",
  explanation TEXT COLLATE "C",
  evidence TEXT COLLATE "C",
  function_class TEXT COLLATE "C",
  retired BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
