-- No records: what a draw of projects was sealed with, until it is drawn and the seed is told. Its hash stands in the draw's record.
CREATE TABLE draw_seeds (
  tenant_id TEXT NOT NULL,
  id TEXT NOT NULL,
  seed TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
