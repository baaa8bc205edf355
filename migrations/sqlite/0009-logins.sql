-- Who came in, who was turned away and why: for the audit administrator. Kept for 400 days (网络安全法 第二十一条 wants six months).
CREATE TABLE login_log (
  tenant_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  entry TEXT NOT NULL, -- random: several in one second
  login TEXT NOT NULL, -- empty where nobody has that login: people type passwords into the wrong field
  outcome TEXT NOT NULL, -- in, wrong-password, wrong-code, locked, out
  address TEXT NOT NULL,
  agent TEXT NOT NULL,
  PRIMARY KEY (tenant_id, at, entry)
) STRICT, WITHOUT ROWID;
