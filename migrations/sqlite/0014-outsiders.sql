-- Links of outsiders, found by their secret. Derived: the records make it anew at any time.
CREATE TABLE outsider_links (
  tenant_id TEXT NOT NULL,
  id TEXT NOT NULL,
  secret_sha256 TEXT NOT NULL,
  seq INTEGER NOT NULL, -- of the entry that gave it
  PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX outsider_links_by_secret ON outsider_links (tenant_id, secret_sha256);

-- No records: how often a link was opened. Each opening stands in login_log.
CREATE TABLE outsider_openings (
  tenant_id TEXT NOT NULL,
  link TEXT NOT NULL,
  opened INTEGER NOT NULL,
  opened_at INTEGER NOT NULL, -- seconds since 1970, the last time
  PRIMARY KEY (tenant_id, link)
) STRICT, WITHOUT ROWID;

-- The further bureaus in this database, each a tenant (docs/adr/0010).
CREATE TABLE bureaus (
  code TEXT NOT NULL PRIMARY KEY, -- the tenant_id of its rows
  name TEXT NOT NULL,
  made_at TEXT NOT NULL -- UTC
) STRICT, WITHOUT ROWID;
