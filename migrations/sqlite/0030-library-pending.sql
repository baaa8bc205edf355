-- Entries of the indicator library whose uses changed since they were last worked out.
CREATE TABLE library_pending (
  tenant_id TEXT NOT NULL,
  entry TEXT NOT NULL,
  PRIMARY KEY (tenant_id, entry)
) STRICT, WITHOUT ROWID;
