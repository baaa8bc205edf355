-- Monitoring and self-evaluation as lists ask for them. Derived: the records make it anew at any time.
CREATE TABLE follow_ups (
  tenant_id TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL, -- monitoring, self_evaluation
  year BIGINT NOT NULL,
  month BIGINT NOT NULL, -- up to the end of it
  submission TEXT COLLATE "C" NOT NULL,
  unit_id TEXT COLLATE "C",
  unit_name TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL,
  revision BIGINT NOT NULL,
  remarks BIGINT NOT NULL, -- that stop a filing
  drawn BIGINT NOT NULL, -- to be checked again
  rechecked BIGINT NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL, -- UTC
  updated_by TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX follow_ups_by_submission ON follow_ups (tenant_id, kind, year, month, submission);
CREATE INDEX follow_ups_by_unit ON follow_ups (tenant_id, unit_id);

CREATE TABLE follow_up_tables (
  tenant_id TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  table_no BIGINT NOT NULL,
  project_name TEXT COLLATE "C", -- none for the overall table
  budget TEXT COLLATE "C", -- 万元, exact
  executed TEXT COLLATE "C",
  rate TEXT COLLATE "C", -- per cent
  light TEXT COLLATE "C" NOT NULL, -- the worst of all
  execution_light TEXT COLLATE "C" NOT NULL,
  total TEXT COLLATE "C",
  grade TEXT COLLATE "C",
  rechecked_total TEXT COLLATE "C",
  rechecked_grade TEXT COLLATE "C",
  cells TEXT COLLATE "C" NOT NULL, -- JSON: an indicator each: [name, light, per cent, source]
  PRIMARY KEY (tenant_id, id, table_no)
);

-- Red lights that want an answer. Derived too.
CREATE TABLE alarms (
  tenant_id TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  follow_up TEXT COLLATE "C" NOT NULL,
  year BIGINT NOT NULL,
  month BIGINT NOT NULL,
  unit_id TEXT COLLATE "C",
  unit_name TEXT COLLATE "C" NOT NULL,
  project_name TEXT COLLATE "C",
  what TEXT COLLATE "C" NOT NULL, -- the indicator's name, 预算执行, 目标与执行
  why TEXT COLLATE "C" NOT NULL,
  raised_on TEXT COLLATE "C" NOT NULL, -- ISO date
  due TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL, -- open, answered, closed, void
  choice TEXT COLLATE "C", -- continue, shift, cancel
  revision BIGINT NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL, -- UTC
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX alarms_by_follow_up ON alarms (tenant_id, follow_up);
CREATE INDEX alarms_by_state ON alarms (tenant_id, state, due);
