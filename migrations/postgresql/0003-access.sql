-- Who there is. Derived from the records of units, accounts and delegations: they make it anew at any time.
CREATE TABLE units (
  tenant_id TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  revision BIGINT NOT NULL,
  code TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL, -- unit, section
  parent TEXT COLLATE "C",
  section TEXT COLLATE "C", -- of the bureau, in charge of it
  classified BIGINT NOT NULL, -- 涉密单位: 1
  active BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX units_by_code ON units (tenant_id, code);
CREATE INDEX units_by_parent ON units (tenant_id, parent);
CREATE INDEX units_by_section ON units (tenant_id, section);

-- Every name a unit goes by, folded.
CREATE TABLE unit_names (
  tenant_id TEXT COLLATE "C" NOT NULL,
  name_key TEXT COLLATE "C" NOT NULL,
  unit TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  how TEXT COLLATE "C" NOT NULL, -- name, alias, former
  PRIMARY KEY (tenant_id, name_key, unit)
);

CREATE TABLE accounts (
  tenant_id TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  revision BIGINT NOT NULL,
  login_key TEXT COLLATE "C" NOT NULL, -- lower case
  login TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  phone TEXT COLLATE "C",
  active BIGINT NOT NULL,
  password TEXT COLLATE "C", -- Argon2id
  totp TEXT COLLATE "C",
  made_at TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX accounts_by_login ON accounts (tenant_id, login_key);

CREATE TABLE account_posts (
  tenant_id TEXT COLLATE "C" NOT NULL,
  account TEXT COLLATE "C" NOT NULL,
  number BIGINT NOT NULL,
  role TEXT COLLATE "C" NOT NULL,
  unit TEXT COLLATE "C", -- a unit or a section; none where the role reaches over the bureau
  from_day TEXT COLLATE "C", -- both days included
  to_day TEXT COLLATE "C",
  PRIMARY KEY (tenant_id, account, number)
);

CREATE TABLE delegations (
  tenant_id TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  revision BIGINT NOT NULL,
  from_account TEXT COLLATE "C" NOT NULL,
  to_account TEXT COLLATE "C" NOT NULL,
  role TEXT COLLATE "C" NOT NULL,
  from_day TEXT COLLATE "C" NOT NULL,
  to_day TEXT COLLATE "C" NOT NULL,
  active BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX delegations_by_taker ON delegations (tenant_id, to_account);

-- No records: who is here at the moment, and who tried. Times are seconds since 1970, secrets are stored as SHA-256.
CREATE TABLE sessions (
  tenant_id TEXT COLLATE "C" NOT NULL,
  secret_sha256 TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL, -- browser, token
  account TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL, -- of a token; of a browser what it calls itself
  address TEXT COLLATE "C" NOT NULL,
  made_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  read_only BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, secret_sha256)
);
CREATE INDEX sessions_by_account ON sessions (tenant_id, account);

CREATE TABLE one_time_links (
  tenant_id TEXT COLLATE "C" NOT NULL,
  secret_sha256 TEXT COLLATE "C" NOT NULL,
  account TEXT COLLATE "C", -- none: it makes the administrators
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, secret_sha256)
);

CREATE TABLE login_attempts (
  tenant_id TEXT COLLATE "C" NOT NULL,
  login_key TEXT COLLATE "C" NOT NULL,
  failures BIGINT NOT NULL,
  first_at BIGINT NOT NULL,
  locked_until BIGINT NOT NULL,
  totp_step BIGINT NOT NULL, -- of the last code that was good
  PRIMARY KEY (tenant_id, login_key)
);

ALTER TABLE submission_summaries ADD COLUMN unit_id TEXT COLLATE "C";
CREATE INDEX submissions_by_unit_id ON submission_summaries (tenant_id, unit_id);
ALTER TABLE submission_summaries ADD COLUMN step TEXT COLLATE "C"; -- whose turn it is, while submitted
ALTER TABLE submission_pages ADD COLUMN filing TEXT COLLATE "C" NOT NULL DEFAULT '{"round":0,"steps":[],"signatures":[],"filers":[]}';
ALTER TABLE submission_summaries ADD COLUMN round BIGINT NOT NULL DEFAULT 0; -- times it was submitted
