-- Who there is. Derived from the records of units, accounts and delegations: they make it anew at any time.
CREATE TABLE units (
  tenant_id TEXT NOT NULL,
  id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL, -- unit, section
  parent TEXT,
  section TEXT, -- of the bureau, in charge of it
  classified INTEGER NOT NULL, -- 涉密单位: 1
  active INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX units_by_code ON units (tenant_id, code);
CREATE INDEX units_by_parent ON units (tenant_id, parent);
CREATE INDEX units_by_section ON units (tenant_id, section);

-- Every name a unit goes by, folded.
CREATE TABLE unit_names (
  tenant_id TEXT NOT NULL,
  name_key TEXT NOT NULL,
  unit TEXT NOT NULL,
  name TEXT NOT NULL,
  how TEXT NOT NULL, -- name, alias, former
  PRIMARY KEY (tenant_id, name_key, unit)
) STRICT, WITHOUT ROWID;

CREATE TABLE accounts (
  tenant_id TEXT NOT NULL,
  id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  login_key TEXT NOT NULL, -- lower case
  login TEXT NOT NULL,
  name TEXT NOT NULL,
  phone TEXT,
  active INTEGER NOT NULL,
  password TEXT, -- Argon2id
  totp TEXT,
  made_at TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX accounts_by_login ON accounts (tenant_id, login_key);

CREATE TABLE account_posts (
  tenant_id TEXT NOT NULL,
  account TEXT NOT NULL,
  number INTEGER NOT NULL,
  role TEXT NOT NULL,
  unit TEXT, -- a unit or a section; none where the role reaches over the bureau
  from_day TEXT, -- both days included
  to_day TEXT,
  PRIMARY KEY (tenant_id, account, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE delegations (
  tenant_id TEXT NOT NULL,
  id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  from_account TEXT NOT NULL,
  to_account TEXT NOT NULL,
  role TEXT NOT NULL,
  from_day TEXT NOT NULL,
  to_day TEXT NOT NULL,
  active INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX delegations_by_taker ON delegations (tenant_id, to_account);

-- No records: who is here at the moment, and who tried. Times are seconds since 1970, secrets are stored as SHA-256.
CREATE TABLE sessions (
  tenant_id TEXT NOT NULL,
  secret_sha256 TEXT NOT NULL,
  kind TEXT NOT NULL, -- browser, token
  account TEXT NOT NULL,
  name TEXT NOT NULL, -- of a token; of a browser what it calls itself
  address TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  read_only INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, secret_sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_account ON sessions (tenant_id, account);

CREATE TABLE one_time_links (
  tenant_id TEXT NOT NULL,
  secret_sha256 TEXT NOT NULL,
  account TEXT, -- none: it makes the administrators
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, secret_sha256)
) STRICT, WITHOUT ROWID;

CREATE TABLE login_attempts (
  tenant_id TEXT NOT NULL,
  login_key TEXT NOT NULL,
  failures INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  locked_until INTEGER NOT NULL,
  totp_step INTEGER NOT NULL, -- of the last code that was good
  PRIMARY KEY (tenant_id, login_key)
) STRICT, WITHOUT ROWID;

ALTER TABLE submission_summaries ADD COLUMN unit_id TEXT;
CREATE INDEX submissions_by_unit_id ON submission_summaries (tenant_id, unit_id);
ALTER TABLE submission_summaries ADD COLUMN step TEXT; -- whose turn it is, while submitted
ALTER TABLE submission_pages ADD COLUMN filing TEXT NOT NULL DEFAULT '{"round":0,"steps":[],"signatures":[],"filers":[]}';
ALTER TABLE submission_summaries ADD COLUMN round INTEGER NOT NULL DEFAULT 0; -- times it was submitted
