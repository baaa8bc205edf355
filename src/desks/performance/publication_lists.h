// What is derived from publications' records.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "desks/performance/publication.h"

namespace jiheng::desks {

/// What a publication's record holds.
struct PublicationBody {
  std::string submission;
  std::string unit;  ///< id
  int year = 0;
  int revision = 0;
  std::string content;
  std::string approved_at;
  std::vector<PublishedFile> files;
};
std::string publication_json(const PublicationBody& body);
/// Throws store::Failure (db-damaged) for what publication_json() cannot have written.
PublicationBody publication_from_json(std::string_view json);

std::string files_json(const std::vector<PublishedFile>& files);
std::vector<PublishedFile> files_from_json(std::string_view json);

inline constexpr std::string_view published_state = "published";
inline constexpr std::string_view withdrawn_state = "withdrawn";

/// In the transaction that made the revision.
void store_publication(store::Connection& connection, const std::string& tenant, const registry::Record& record);

}  // namespace jiheng::desks
