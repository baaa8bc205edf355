-- What is known of the ledgers' tables, which are made from their declarations (src/ledgers/schema.h).
CREATE TABLE ledger_fields (
  type TEXT NOT NULL,
  field TEXT NOT NULL,
  kind TEXT NOT NULL,
  PRIMARY KEY (type, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger_indexes (
  name TEXT NOT NULL PRIMARY KEY,
  type TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- How far the tables are filled from the journal, for each type.
CREATE TABLE ledger_heads (
  tenant_id TEXT NOT NULL,
  type TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, type)
) STRICT, WITHOUT ROWID;
