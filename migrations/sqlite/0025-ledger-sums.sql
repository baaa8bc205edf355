-- What measures add up, by day, beside the records (src/ledgers/sums.h). Derived: the records make it anew.
CREATE TABLE ledger_sums (
  tenant_id TEXT NOT NULL,
  measure TEXT NOT NULL,
  part TEXT NOT NULL, -- '' all records; else of which project, thing or gap
  day INTEGER NOT NULL,
  counted INTEGER NOT NULL,
  gaps INTEGER NOT NULL,
  left_out INTEGER NOT NULL,
  numerator INTEGER NOT NULL,
  denominator INTEGER NOT NULL,
  greatest INTEGER,
  least TEXT,
  PRIMARY KEY (tenant_id, measure, part, day)
) STRICT, WITHOUT ROWID;

-- What they were reckoned by, and how far: they count only where that is the ledger's own head.
CREATE TABLE ledger_sum_heads (
  tenant_id TEXT NOT NULL,
  measure TEXT NOT NULL,
  type TEXT NOT NULL,
  definition TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, measure)
) STRICT, WITHOUT ROWID;
