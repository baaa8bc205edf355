-- How many findings of each rule a submission has as it stands. Derived.
CREATE TABLE submission_rules (
  tenant_id TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  rule TEXT COLLATE "C" NOT NULL,
  severity TEXT COLLATE "C" NOT NULL,
  findings BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id, rule, severity)
);

-- No records: which notices a person has read.
CREATE TABLE notice_marks (
  tenant_id TEXT COLLATE "C" NOT NULL,
  account TEXT COLLATE "C" NOT NULL,
  notice TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL, -- seconds since 1970
  PRIMARY KEY (tenant_id, account, notice)
);

-- What a comparison reads stands in the index itself. Grams are found by what they are, never by whose.
DROP INDEX library_uses_by_entry;
CREATE INDEX library_uses_of_entry ON library_uses (tenant_id, entry, year_key, kind, table_key, number, submission, table_no, indicator_no);
DROP INDEX library_grams_by_entry;
