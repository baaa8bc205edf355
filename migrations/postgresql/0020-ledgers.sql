-- What is known of the ledgers' tables, which are made from their declarations (src/ledgers/schema.h).
CREATE TABLE ledger_fields (
  type TEXT COLLATE "C" NOT NULL,
  field TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (type, field)
);

CREATE TABLE ledger_indexes (
  name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  type TEXT COLLATE "C" NOT NULL
);

-- How far the tables are filled from the journal, for each type.
CREATE TABLE ledger_heads (
  tenant_id TEXT COLLATE "C" NOT NULL,
  type TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, type)
);
