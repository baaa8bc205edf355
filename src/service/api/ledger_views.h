// Ledgers, their records and measures as the JSON of the API.
#pragma once

#include <string>
#include <vector>

#include "access/principal.h"
#include "base/json_writer.h"
#include "ledgers/due.h"
#include "ledgers/keeping.h"
#include "ledgers/measure.h"
#include "ledgers/table_text.h"

namespace jiheng::service {

std::string ledgers_json(const ledgers::Ledgers& ledgers, const access::Principal& who);
std::string record_type_json(const ledgers::Catalogue& catalogue, const ledgers::RecordType& type, const access::Principal& who);

void write_due(JsonWriter& out, const ledgers::Due& due);

/// Writes records of one type; what they refer to is looked up once.
class RecordWriter {
 public:
  RecordWriter(const ledgers::Ledgers& ledgers, const ledgers::RecordType& type);

  std::string list(const ledgers::Entries& entries, Date today);
  /// With its timeline, the actions open to him, and the measures that it may feed.
  std::string opened(const ledgers::Entry& entry, const ledgers::Timeline& timeline, const access::Principal& who, Date today);
  /// The values of records that learn() was told of.
  void write_values(JsonWriter& out, std::span<const ledgers::Value> values) const;
  void learn(std::span<const std::span<const ledgers::Value>> records);

 private:
  void write_record(JsonWriter& out, const ledgers::Entry& entry, const std::vector<ledgers::Due>& due) const;
  void write_timeline(JsonWriter& out, const ledgers::Timeline& timeline) const;

  const ledgers::Ledgers& ledgers_;
  const ledgers::RecordType& type_;
  ledgers::ReferenceTexts texts_;
};

/// What an answer that tells minutes is kept by: this minute, where a ledger of the desk ("": of any) has a limit in hours; else nothing.
std::string minute_of(const ledgers::Catalogue& catalogue, std::string_view desk, std::int64_t now);

std::string measures_json(const ledgers::Catalogue& catalogue);
std::string figure_json(const ledgers::Asked& asked, const ledgers::Weighed& weighed);
std::string receipt_check_json(const ledgers::Catalogue& catalogue, const ledgers::ReceiptCheck& check);

}  // namespace jiheng::service
