-- A year's filings are found by the year. PostgreSQL takes its statistics by itself.
CREATE INDEX submissions_by_year ON submission_summaries (tenant_id, year_key);
