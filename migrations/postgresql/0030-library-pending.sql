-- Entries of the indicator library whose uses changed since they were last worked out.
CREATE TABLE library_pending (
  tenant_id TEXT COLLATE "C" NOT NULL,
  entry TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant_id, entry)
);
