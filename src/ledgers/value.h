// One field's value: out of what people write, into what is stored, and back.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/decimal.h"
#include "base/result.h"
#include "ledgers/declaration.h"
#include "reading/text_pool.h"
#include "store/connection.h"

namespace jiheng::ledgers {

using reading::TextPool;

/// As it is stored: nothing, a whole number (declaration.h says of what) or text. A view.
using Value = store::Value;

/// What was written, trimmed and not empty, of any kind (of a reference: its text, to be looked up). Dates also as 2026.3.5, 2026年3月5日
/// or a spreadsheet's serial number; times without an offset are Beijing's; amounts with separators and 元. The value's text lies in
/// `text`, the declaration or the pool. Error: bad-value (message: the reason, half a sentence without the field's name).
Result<Value> parse_value(const Field& field, std::string_view text, TextPool& pool);

/// As exports and receipts write it: ISO dates, times in Beijing's (2026-03-05T14:00:00+08:00), plain decimals, codes.
void append_written(std::string& out, const Field& field, const Value& value);
std::string written(const Field& field, const Value& value);
/// As people read it: choices by their label, 是 and 否, dates and times without offset.
std::string shown(const Field& field, const Value& value);

/// "12.30" of 1230 and 2.
std::string number_text(std::int64_t value, int places);
/// Milliseconds since 1970 of the moment that the day begins in China.
std::int64_t start_of_day_ms(Date day);
/// The day in China.
Date day_of_ms(std::int64_t ms);

}  // namespace jiheng::ledgers
