-- Monitoring and self-evaluation as lists ask for them. Derived: the records make it anew at any time.
CREATE TABLE follow_ups (
  tenant_id TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL, -- monitoring, self_evaluation
  year INTEGER NOT NULL,
  month INTEGER NOT NULL, -- up to the end of it
  submission TEXT NOT NULL,
  unit_id TEXT,
  unit_name TEXT NOT NULL,
  state TEXT NOT NULL,
  revision INTEGER NOT NULL,
  remarks INTEGER NOT NULL, -- that stop a filing
  drawn INTEGER NOT NULL, -- to be checked again
  rechecked INTEGER NOT NULL,
  updated_at TEXT NOT NULL, -- UTC
  updated_by TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX follow_ups_by_submission ON follow_ups (tenant_id, kind, year, month, submission);
CREATE INDEX follow_ups_by_unit ON follow_ups (tenant_id, unit_id);

CREATE TABLE follow_up_tables (
  tenant_id TEXT NOT NULL,
  id TEXT NOT NULL,
  table_no INTEGER NOT NULL,
  project_name TEXT, -- none for the overall table
  budget TEXT, -- 万元, exact
  executed TEXT,
  rate TEXT, -- per cent
  light TEXT NOT NULL, -- the worst of all
  execution_light TEXT NOT NULL,
  total TEXT,
  grade TEXT,
  rechecked_total TEXT,
  rechecked_grade TEXT,
  cells TEXT NOT NULL, -- JSON: an indicator each: [name, light, per cent, source]
  PRIMARY KEY (tenant_id, id, table_no)
) STRICT, WITHOUT ROWID;

-- Red lights that want an answer. Derived too.
CREATE TABLE alarms (
  tenant_id TEXT NOT NULL,
  id TEXT NOT NULL,
  follow_up TEXT NOT NULL,
  year INTEGER NOT NULL,
  month INTEGER NOT NULL,
  unit_id TEXT,
  unit_name TEXT NOT NULL,
  project_name TEXT,
  what TEXT NOT NULL, -- the indicator's name, 预算执行, 目标与执行
  why TEXT NOT NULL,
  raised_on TEXT NOT NULL, -- ISO date
  due TEXT NOT NULL,
  state TEXT NOT NULL, -- open, answered, closed, void
  choice TEXT, -- continue, shift, cancel
  revision INTEGER NOT NULL,
  updated_at TEXT NOT NULL, -- UTC
  PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX alarms_by_follow_up ON alarms (tenant_id, follow_up);
CREATE INDEX alarms_by_state ON alarms (tenant_id, state, due);
