-- 问题整改, as lists show it. Derived: the problems' records make it anew at any time.
CREATE TABLE problems (
  tenant_id TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  revision BIGINT NOT NULL,
  serial_year BIGINT NOT NULL, -- that it was raised in
  serial BIGINT NOT NULL,
  source TEXT COLLATE "C" NOT NULL,
  source_key TEXT COLLATE "C" NOT NULL, -- what raising the same again is known by; '' for what was raised by hand
  unit_id TEXT COLLATE "C" NOT NULL,
  year BIGINT NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  kind_name TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL,
  checked BIGINT NOT NULL, -- 1: the reply was found good
  time_asked BIGINT NOT NULL, -- 1: more time is asked for
  number TEXT COLLATE "C" NOT NULL,
  text TEXT COLLATE "C" NOT NULL,
  action TEXT COLLATE "C" NOT NULL,
  amount TEXT COLLATE "C",
  raised_on TEXT COLLATE "C" NOT NULL,
  recurs_from TEXT COLLATE "C" NOT NULL, -- an earlier one of the unit and kind counts from this day on
  first_due TEXT COLLATE "C" NOT NULL,
  due TEXT COLLATE "C" NOT NULL,
  replied_on TEXT COLLATE "C", -- the last reply
  late BIGINT NOT NULL, -- 1: that reply came late
  closed_on TEXT COLLATE "C",
  search TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX problems_by_unit ON problems (tenant_id, unit_id, kind, raised_on);
CREATE INDEX problems_by_source ON problems (tenant_id, source_key);
CREATE INDEX problems_by_serial ON problems (tenant_id, serial_year, serial);
CREATE INDEX problems_by_year ON problems (tenant_id, year);
CREATE INDEX problems_by_state ON problems (tenant_id, state, due);

-- Payments that problems were closed on: none closes two.
CREATE TABLE problem_payments (
  tenant_id TEXT COLLATE "C" NOT NULL,
  record_kind TEXT COLLATE "C" NOT NULL,
  record_id TEXT COLLATE "C" NOT NULL,
  problem TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant_id, record_kind, record_id)
);
CREATE INDEX problem_payments_by_problem ON problem_payments (tenant_id, problem);
