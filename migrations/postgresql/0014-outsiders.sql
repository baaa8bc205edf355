-- Links of outsiders, found by their secret. Derived: the records make it anew at any time.
CREATE TABLE outsider_links (
  tenant_id TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  secret_sha256 TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL, -- of the entry that gave it
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX outsider_links_by_secret ON outsider_links (tenant_id, secret_sha256);

-- No records: how often a link was opened. Each opening stands in login_log.
CREATE TABLE outsider_openings (
  tenant_id TEXT COLLATE "C" NOT NULL,
  link TEXT COLLATE "C" NOT NULL,
  opened BIGINT NOT NULL,
  opened_at BIGINT NOT NULL, -- seconds since 1970, the last time
  PRIMARY KEY (tenant_id, link)
);

-- The further bureaus in this database, each a tenant (docs/adr/0010).
CREATE TABLE bureaus (
  code TEXT COLLATE "C" NOT NULL PRIMARY KEY, -- the tenant_id of its rows
  name TEXT COLLATE "C" NOT NULL,
  made_at TEXT COLLATE "C" NOT NULL -- UTC
);
