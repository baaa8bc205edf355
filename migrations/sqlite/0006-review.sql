-- The bureau's own judgement beside the audit's suggestion.
ALTER TABLE submission_summaries ADD COLUMN waived INTEGER NOT NULL DEFAULT 0; -- errors let stand with a reason
ALTER TABLE submission_summaries ADD COLUMN proposed INTEGER NOT NULL DEFAULT 0; -- the unit is asked to agree
ALTER TABLE submission_pages ADD COLUMN grades TEXT NOT NULL DEFAULT '[]';     -- as judged
ALTER TABLE submission_pages ADD COLUMN pack TEXT NOT NULL DEFAULT '';         -- the rules it is under: cn-2020@1
