-- A year's filings are found by the year.
CREATE INDEX submissions_by_year ON submission_summaries (tenant_id, year_key);

-- SQLite takes it that ten rows share the first column of an index. All rows of a bureau share their tenant_id, so it walked the whole
-- journal where it should look up one record. What it is told here are the figures of a bureau of some years; they need not be exact, and as
-- they never change, a query is carried out today as it was yesterday.
ANALYZE;
DELETE FROM sqlite_stat1;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('account_posts', 'account_posts', '400 400 2 1'),
  ('accounts', 'accounts', '300 300 1'),
  ('accounts', 'accounts_by_login', '300 300 1'),
  ('attachments', 'attachments', '20000 20000 1'),
  ('journal', 'journal', '40000 40000 1'),
  ('journal', 'journal_by_record', '40000 40000 4000 5 1'),
  ('library_entries', 'library_entries', '8000 8000 1'),
  ('library_entries', 'library_entries_by_use', '8000 8000 100'),
  ('library_grams', 'library_grams', '90000 90000 30 1'),
  ('library_notes', 'library_notes', '200 200 1'),
  ('library_uses', 'library_uses', '120000 120000 60 20 1'),
  ('library_uses', 'library_uses_of_entry', '120000 120000 15 4 3 2 1'),
  ('notice_marks', 'notice_marks', '4000 4000 20 1'),
  ('publication_marks', 'publication_marks', '10000 10000 1 1 1'),
  ('publication_marks', 'publication_marks_by_submission', '10000 10000 5'),
  ('publications', 'publications', '2000 2000 1'),
  ('publications', 'publications_by_year', '2000 2000 300'),
  ('records', 'sqlite_autoindex_records_1', '40000 40000 4000 5 1'),
  ('sessions', 'sessions', '300 300 1'),
  ('sessions', 'sessions_by_account', '300 300 2'),
  ('submission_files', 'submission_files', '4000 4000 1 1'),
  ('submission_files', 'submission_files_by_id', '4000 4000 2'),
  ('submission_pages', 'sqlite_autoindex_submission_pages_1', '2000 2000 1'),
  ('submission_rules', 'submission_rules', '8000 8000 4 1 1'),
  ('submission_summaries', 'submission_summaries', '2000 2000 1'),
  ('submission_summaries', 'submissions_by_unit', '2000 2000 6 1'),
  ('submission_summaries', 'submissions_by_unit_id', '2000 2000 6'),
  ('submission_summaries', 'submissions_by_year', '2000 2000 300'),
  ('unit_names', 'unit_names', '600 600 1 1'),
  ('units', 'units', '400 400 1'),
  ('units', 'units_by_code', '400 400 1'),
  ('units', 'units_by_parent', '400 400 20'),
  ('units', 'units_by_section', '400 400 40');
ANALYZE sqlite_schema;
