-- The one door: a journal chained by hash, the bodies of all revisions, the originals they rest on.
CREATE TABLE journal_heads (
  tenant_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  seq BIGINT NOT NULL,
  hash TEXT COLLATE "C" NOT NULL
);

CREATE TABLE journal (
  tenant_id TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  at TEXT COLLATE "C" NOT NULL,
  actor TEXT COLLATE "C" NOT NULL,
  action TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  record_id TEXT COLLATE "C" NOT NULL,
  revision BIGINT NOT NULL,
  state TEXT COLLATE "C" NOT NULL,
  why TEXT COLLATE "C",
  attachments TEXT COLLATE "C" NOT NULL, -- SHA-256s, parted by spaces
  body_sha256 TEXT COLLATE "C" NOT NULL,
  previous TEXT COLLATE "C" NOT NULL,
  hash TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant_id, seq)
);
CREATE UNIQUE INDEX journal_by_record ON journal (tenant_id, kind, record_id, revision);

CREATE TABLE records (
  tenant_id TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  revision BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  body TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant_id, kind, id, revision)
);

CREATE TABLE attachments (
  tenant_id TEXT COLLATE "C" NOT NULL,
  sha256 TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL, -- the first entry that names it
  PRIMARY KEY (tenant_id, sha256)
);
