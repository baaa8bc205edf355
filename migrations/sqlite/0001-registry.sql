-- The one door: a journal chained by hash, the bodies of all revisions, the originals they rest on.
CREATE TABLE journal_heads (
  tenant_id TEXT NOT NULL PRIMARY KEY,
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE journal (
  tenant_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  kind TEXT NOT NULL,
  record_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  state TEXT NOT NULL,
  why TEXT,
  attachments TEXT NOT NULL, -- SHA-256s, parted by spaces
  body_sha256 TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (tenant_id, seq)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX journal_by_record ON journal (tenant_id, kind, record_id, revision);

CREATE TABLE records (
  tenant_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (tenant_id, kind, id, revision)
) STRICT;

CREATE TABLE attachments (
  tenant_id TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  seq INTEGER NOT NULL, -- the first entry that names it
  PRIMARY KEY (tenant_id, sha256)
) STRICT, WITHOUT ROWID;
