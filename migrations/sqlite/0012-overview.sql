-- How many findings of each rule a submission has as it stands. Derived.
CREATE TABLE submission_rules (
  tenant_id TEXT NOT NULL,
  id TEXT NOT NULL,
  rule TEXT NOT NULL,
  severity TEXT NOT NULL,
  findings INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, id, rule, severity)
) STRICT, WITHOUT ROWID;

-- No records: which notices a person has read.
CREATE TABLE notice_marks (
  tenant_id TEXT NOT NULL,
  account TEXT NOT NULL,
  notice TEXT NOT NULL,
  at INTEGER NOT NULL, -- seconds since 1970
  PRIMARY KEY (tenant_id, account, notice)
) STRICT, WITHOUT ROWID;

-- What a comparison reads stands in the index itself. Grams are found by what they are, never by whose.
DROP INDEX library_uses_by_entry;
CREATE INDEX library_uses_of_entry ON library_uses (tenant_id, entry, year_key, kind, table_key, number);
DROP INDEX library_grams_by_entry;
