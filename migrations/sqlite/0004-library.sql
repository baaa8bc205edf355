-- The indicator library (指标库), derived: what approved tables say, and what people wrote to it. The records make it anew at any time.
CREATE TABLE library_uses (
  tenant_id TEXT NOT NULL,
  submission TEXT NOT NULL,
  table_no INTEGER NOT NULL,
  indicator_no INTEGER NOT NULL,
  entry TEXT NOT NULL,
  year_key INTEGER NOT NULL, -- 0 where the table names none
  kind TEXT NOT NULL, -- overall, project
  table_key TEXT NOT NULL, -- the project's folded name without its year; empty for an overall table
  path_key TEXT NOT NULL, -- the levels and the name, folded
  project_name TEXT,
  level1 TEXT NOT NULL,
  level2 TEXT,
  name TEXT NOT NULL,
  comparator TEXT NOT NULL,
  target TEXT NOT NULL, -- as people read it
  measure_unit TEXT,
  number TEXT, -- exact decimal; none where it compares with no other
  explanation TEXT,
  scoring_rule TEXT,
  evidence TEXT,
  PRIMARY KEY (tenant_id, submission, table_no, indicator_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX library_uses_by_entry ON library_uses (tenant_id, entry, year_key);

CREATE TABLE library_entries (
  tenant_id TEXT NOT NULL,
  id TEXT NOT NULL,
  revision INTEGER NOT NULL, -- of what people wrote; 0: nothing
  level1 TEXT NOT NULL,
  level2 TEXT,
  name TEXT NOT NULL,
  direction TEXT NOT NULL, -- at_least, at_most, exact, qualitative
  comparator TEXT NOT NULL,
  measure_unit TEXT,
  explanation TEXT,
  scoring_rule TEXT,
  evidence TEXT,
  function_class TEXT,
  retired INTEGER NOT NULL,
  tables INTEGER NOT NULL,
  units INTEGER NOT NULL,
  years INTEGER NOT NULL,
  last_year INTEGER,
  overall_tables INTEGER NOT NULL,
  project_tables INTEGER NOT NULL,
  numbers INTEGER NOT NULL, -- how many targets the figures stand on
  least TEXT,
  q1 TEXT,
  median TEXT,
  q3 TEXT,
  most TEXT,
  search TEXT NOT NULL, -- every name it goes by, folded, a line each
  PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX library_entries_by_use ON library_entries (tenant_id, tables);

-- Characters and pairs of characters of the names.
CREATE TABLE library_grams (
  tenant_id TEXT NOT NULL,
  gram TEXT NOT NULL,
  entry TEXT NOT NULL,
  PRIMARY KEY (tenant_id, gram, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX library_grams_by_entry ON library_grams (tenant_id, entry);

-- What people wrote to an entry, with what makes it this entry and no other.
CREATE TABLE library_notes (
  tenant_id TEXT NOT NULL,
  id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  level1 TEXT NOT NULL,
  level2 TEXT,
  original TEXT NOT NULL, -- the name as the tables have it
  direction TEXT NOT NULL,
  measure_unit TEXT,
  name TEXT,
  explanation TEXT,
  evidence TEXT,
  function_class TEXT,
  retired INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
