-- Which bureau's declarations ask for an index: bureaus in one database may declare their ledgers differently, and none drops what another needs.
CREATE TABLE ledger_index_wishes (
  tenant_id TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (tenant_id, name)
) STRICT, WITHOUT ROWID;
