-- No records: what a draw of projects was sealed with, until it is drawn and the seed is told. Its hash stands in the draw's record.
CREATE TABLE draw_seeds (
  tenant_id TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  seed TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
