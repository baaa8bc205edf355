-- 问题整改, as lists show it. Derived: the problems' records make it anew at any time.
CREATE TABLE problems (
  tenant_id TEXT NOT NULL,
  id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  serial_year INTEGER NOT NULL, -- that it was raised in
  serial INTEGER NOT NULL,
  source TEXT NOT NULL,
  source_key TEXT NOT NULL, -- what raising the same again is known by; '' for what was raised by hand
  unit_id TEXT NOT NULL,
  year INTEGER NOT NULL,
  kind TEXT NOT NULL,
  kind_name TEXT NOT NULL,
  state TEXT NOT NULL,
  checked INTEGER NOT NULL, -- 1: the reply was found good
  time_asked INTEGER NOT NULL, -- 1: more time is asked for
  number TEXT NOT NULL,
  text TEXT NOT NULL,
  action TEXT NOT NULL,
  amount TEXT,
  raised_on TEXT NOT NULL,
  recurs_from TEXT NOT NULL, -- an earlier one of the unit and kind counts from this day on
  first_due TEXT NOT NULL,
  due TEXT NOT NULL,
  replied_on TEXT, -- the last reply
  late INTEGER NOT NULL, -- 1: that reply came late
  closed_on TEXT,
  search TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX problems_by_unit ON problems (tenant_id, unit_id, kind, raised_on);
CREATE INDEX problems_by_source ON problems (tenant_id, source_key);
CREATE INDEX problems_by_serial ON problems (tenant_id, serial_year, serial);
CREATE INDEX problems_by_year ON problems (tenant_id, year);
CREATE INDEX problems_by_state ON problems (tenant_id, state, due);

-- Payments that problems were closed on: none closes two.
CREATE TABLE problem_payments (
  tenant_id TEXT NOT NULL,
  record_kind TEXT NOT NULL,
  record_id TEXT NOT NULL,
  problem TEXT NOT NULL,
  PRIMARY KEY (tenant_id, record_kind, record_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX problem_payments_by_problem ON problem_payments (tenant_id, problem);
