-- What measures add up, by day, beside the records (src/ledgers/sums.h). Derived: the records make it anew.
CREATE TABLE ledger_sums (
  tenant_id TEXT COLLATE "C" NOT NULL,
  measure TEXT COLLATE "C" NOT NULL,
  part TEXT COLLATE "C" NOT NULL, -- '' all records; else of which project, thing or gap
  day BIGINT NOT NULL,
  counted BIGINT NOT NULL,
  gaps BIGINT NOT NULL,
  left_out BIGINT NOT NULL,
  numerator BIGINT NOT NULL,
  denominator BIGINT NOT NULL,
  greatest BIGINT,
  least TEXT COLLATE "C",
  PRIMARY KEY (tenant_id, measure, part, day)
);

-- What they were reckoned by, and how far: they count only where that is the ledger's own head.
CREATE TABLE ledger_sum_heads (
  tenant_id TEXT COLLATE "C" NOT NULL,
  measure TEXT COLLATE "C" NOT NULL,
  type TEXT COLLATE "C" NOT NULL,
  definition TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, measure)
);
