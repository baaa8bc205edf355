// One document read in a process of its own, which has scanned pages recognised by the process that started it.
//
// The worker is locked in as every reading worker is and starts no program; it sends pictures and gets words. One document, one process:
// recognition takes seconds, so that starting one costs nothing beside it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "goals/goal_table.h"
#include "reading/scan/ocr.h"

namespace jiheng::reading {

/// Starts serve_scan() in a new process with `socket` as its descriptor 0; its process id, -1 where that fails.
using StartScanWorker = std::function<int(int socket)>;
/// A child of the present process; only while there is no other thread.
int fork_scan_worker(int socket);
/// `program` ARGUMENT, which calls serve_scan(). Safe beside other threads.
StartScanWorker spawn_scan_worker(std::string program, std::string argument);

/// Reads the document with recognition. nullopt: the worker died, took too long, or could not be started.
std::optional<Document> read_scanned(const StartScanWorker& start, const OcrDoor& ocr, std::string_view bytes, const std::string& name);

/// The document's layout_json(), read in such a process; `ocr` null: scans stay unread. nullopt as above.
std::optional<std::string> read_layout_json(const StartScanWorker& start, const OcrDoor* ocr, std::string_view bytes,
                                            const std::string& name);

/// The worker's side: reads one document from descriptor 0. Returns an exit status; never throws.
int serve_scan();

}  // namespace jiheng::reading
