-- What the public index shows of published tables, and what its search looks through, by the tables' SHA-256, so that the index is made
-- without reading them all. Derived: made anew at any time.
CREATE TABLE publication_summaries (
  tenant_id TEXT COLLATE "C" NOT NULL,
  content TEXT COLLATE "C" NOT NULL,
  made_by INTEGER NOT NULL, -- the version of what is told
  summary TEXT COLLATE "C" NOT NULL,
  words TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant_id, content)
);
