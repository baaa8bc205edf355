// Parts of a form as JSON, the same in the record and for pages.
#pragma once

#include "base/json_writer.h"
#include "desks/follow_up/follow_up.h"

namespace jiheng::desks {

void write_filled(JsonWriter& out, const FilledTable& filled);
void write_entry(JsonWriter& out, const TableEntry& entry);
void write_signature(JsonWriter& out, const FollowUpSignature& each);
void write_recheck(JsonWriter& out, const Recheck& each);
void write_accepted(JsonWriter& out, const AcceptedBefore& each);

}  // namespace jiheng::desks
