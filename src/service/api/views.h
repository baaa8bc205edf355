// What the desks hand out, as the JSON of the API. One function a shape; the OpenAPI document names them alike.
#pragma once

#include <string>
#include <vector>

#include "auditing/finding.h"
#include "base/json_writer.h"
#include "desks/performance/imports.h"
#include "desks/performance/submissions.h"
#include "registry/registry.h"

namespace jiheng::service {

void write_summary(JsonWriter& out, const desks::Summary& summary);
std::string page_json(const desks::Page& page);
/// `english`: the findings' `message` and `suggestion` are the English ones; the *_en fields are there in any case.
std::string submission_json(const desks::Submission& submission, bool english);
/// The same bytes as the above in Chinese, put together from what lies ready in the database.
std::string submission_json(const desks::OpenedJson& submission);
std::string revisions_json(const std::vector<desks::RevisionEntry>& revisions);
std::string past_revision_json(const desks::PastRevision& revision, bool english);
std::string report_view_json(const auditing::Report& report, bool english);
std::string rules_json();
std::string journal_json(const std::vector<registry::JournalEntry>& entries);
std::string verification_json(const registry::Verification& verification);

}  // namespace jiheng::service
