-- Who came in, who was turned away and why: for the audit administrator. Kept for 400 days (网络安全法 第二十一条 wants six months).
CREATE TABLE login_log (
  tenant_id TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL,
  entry TEXT COLLATE "C" NOT NULL, -- random: several in one second
  login TEXT COLLATE "C" NOT NULL, -- empty where nobody has that login: people type passwords into the wrong field
  outcome TEXT COLLATE "C" NOT NULL, -- in, wrong-password, wrong-code, locked, out
  address TEXT COLLATE "C" NOT NULL,
  agent TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant_id, at, entry)
);
