-- Since when mails are sent; no record. What was before is told in the program alone.
CREATE TABLE mail_beginnings (
  tenant_id TEXT NOT NULL PRIMARY KEY,
  since TEXT NOT NULL -- UTC
) STRICT, WITHOUT ROWID;
