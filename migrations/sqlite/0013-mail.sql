-- Where a person has his notices sent, and since when. Derived from the account's record.
ALTER TABLE accounts ADD COLUMN mail TEXT;
ALTER TABLE accounts ADD COLUMN mail_since TEXT; -- UTC

-- No records: what was sent by mail, and what still waits. Kept for 90 days.
CREATE TABLE mails (
  tenant_id TEXT NOT NULL,
  id TEXT NOT NULL,
  account TEXT NOT NULL,
  notice TEXT NOT NULL, -- each is sent once to each address
  kind TEXT NOT NULL,
  address TEXT NOT NULL,
  subject TEXT NOT NULL,
  words TEXT NOT NULL,
  state TEXT NOT NULL, -- waiting, sent, failed
  attempts INTEGER NOT NULL,
  made_at INTEGER NOT NULL, -- seconds since 1970
  next_at INTEGER NOT NULL, -- of what waits
  trouble TEXT, -- the server's last answer
  PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX mails_by_notice ON mails (tenant_id, account, notice, address);
CREATE INDEX mails_by_state ON mails (tenant_id, state, next_at);
