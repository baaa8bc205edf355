-- Where a person has his notices sent, and since when. Derived from the account's record.
ALTER TABLE accounts ADD COLUMN mail TEXT COLLATE "C";
ALTER TABLE accounts ADD COLUMN mail_since TEXT COLLATE "C"; -- UTC

-- No records: what was sent by mail, and what still waits. Kept for 90 days.
CREATE TABLE mails (
  tenant_id TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  account TEXT COLLATE "C" NOT NULL,
  notice TEXT COLLATE "C" NOT NULL, -- each is sent once to each address
  kind TEXT COLLATE "C" NOT NULL,
  address TEXT COLLATE "C" NOT NULL,
  subject TEXT COLLATE "C" NOT NULL,
  words TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL, -- waiting, sent, failed
  attempts BIGINT NOT NULL,
  made_at BIGINT NOT NULL, -- seconds since 1970
  next_at BIGINT NOT NULL, -- of what waits
  trouble TEXT COLLATE "C", -- the server's last answer
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX mails_by_notice ON mails (tenant_id, account, notice, address);
CREATE INDEX mails_by_state ON mails (tenant_id, state, next_at);
