#include "service/api/import_jobs.h"

#include <spdlog/spdlog.h>

#include "base/json_writer.h"
#include "service/http/problem.h"

namespace jiheng::service {
namespace {

void write_file(JsonWriter& out, const desks::ImportedFile& file, std::optional<std::size_t> index) {
  out.begin_object();
  if (index) out.key("index").integer(static_cast<std::int64_t>(*index));
  out.field("file", file.file).field("state", desks::import_state_code(file.state));
  out.field("submission", file.submission.empty() ? Text() : Text(file.submission)).field("unit_name", file.unit_name);
  out.key("tables").integer(file.tables).key("error").integer(file.errors);
  out.key("warning").integer(file.warnings).key("hint").integer(file.hints);
  out.field("code", file.code).field("message", file.message).end_object();
}

bool may_be_zip(const Upload& upload, const Upload::File& file) {
  return file.length >= 4 && upload.bytes({file.name, file.offset, 4}).starts_with("PK");
}

}  // namespace

struct ImportJobs::Job {
  std::string id;
  access::Principal who;
  std::unique_ptr<Upload> upload;  ///< let go when the job is finished
  std::vector<Upload::File> files;
  std::shared_ptr<EventLog> events = std::make_shared<EventLog>();

  // Guarded by the table's mutex.
  std::vector<desks::ImportedFile> outcomes;
  std::size_t next = 0;
  enum class State { running, done, cancelled } state = State::running;
  bool cancel_asked = false;
  std::chrono::steady_clock::time_point finished_at;

  std::string json() const {
    static constexpr std::string_view names[] = {"running", "done", "cancelled"};
    std::string text;
    JsonWriter out(text);
    out.begin_object().field("id", id).field("state", names[static_cast<int>(state)]);
    out.key("total").integer(static_cast<std::int64_t>(outcomes.size())).key("finished").integer(static_cast<std::int64_t>(next));
    out.key("files").begin_array();
    for (const desks::ImportedFile& file : outcomes) write_file(out, file, std::nullopt);
    out.end_array().end_object();
    return text;
  }
};

ImportJobs::ImportJobs(Unpack unpack, Import import, ImportJobOptions options)
    : unpack_(std::move(unpack)), import_(std::move(import)), options_(options) {
  for (std::size_t i = 0; i < options_.threads; ++i) threads_.emplace_back([this] { work(); });
}

ImportJobs::~ImportJobs() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

namespace {

/// The files to import: those sent, zips replaced by what is in them.
Result<std::vector<Upload::File>> unpacked_files(Upload& upload, const ImportJobs::Unpack& unpack, const ImportJobOptions& options) {
  std::vector<Upload::File> files;
  const std::vector<Upload::File> sent = upload.files();
  for (const Upload::File& file : sent) {
    std::vector<desks::IncomingFile> inner;
    if (may_be_zip(upload, file)) {
      inner.push_back({file.name, upload.bytes(file)});
      inner = unpack(std::move(inner));
    }
    // A document that is itself a zip (docx, xlsx), and a zip with no document in it, stay as they are.
    if (inner.empty() || (inner.size() == 1 && inner[0].name == file.name)) {
      files.push_back(file);
      continue;
    }
    for (const desks::IncomingFile& each : inner) {
      if (auto added = upload.add(each.name, each.bytes); !added) return std::move(added).error();
      files.push_back(upload.files().back());
    }
    if (upload.size() > options.max_unpacked_bytes) return problem("too-large").in(file.name);
    if (files.size() > options.max_files) return problem("too-many-files").in(file.name);
  }
  return files;
}

}  // namespace

Result<ImportJobs::Started> ImportJobs::start(std::unique_ptr<Upload> upload, access::Principal who) {
  if (upload->files().empty()) return problem("no-files");
  {
    const std::lock_guard lock(mutex_);
    forget_old_jobs();
    if (unfinished_ >= options_.max_unfinished || ending_) return problem("busy");
    ++unfinished_;
  }
  const auto give_up = [this](Error error) {
    const std::lock_guard lock(mutex_);
    --unfinished_;
    return error;
  };
  auto job = std::make_shared<Job>();
  job->id = registry::new_id();
  job->who = std::move(who);
  try {
    auto files = unpacked_files(*upload, unpack_, options_);
    if (!files) return give_up(std::move(files).error());
    job->files = std::move(*files);
  } catch (...) {
    give_up({});
    throw;
  }
  for (const Upload::File& file : job->files) job->outcomes.emplace_back().file = file.name;
  job->upload = std::move(upload);
  const std::lock_guard lock(mutex_);
  jobs_.emplace(job->id, job);
  waiting_.push_back(job);
  changed_.notify_one();
  return Started{job->id, job->files.size()};
}

std::shared_ptr<ImportJobs::Job> ImportJobs::find(std::string_view id, std::string_view account) {
  forget_old_jobs();
  const auto found = jobs_.find(id);
  return found == jobs_.end() || found->second->who.id() != account ? nullptr : found->second;
}

std::optional<std::string> ImportJobs::json(std::string_view id, std::string_view account) {
  const std::lock_guard lock(mutex_);
  const auto job = find(id, account);
  return job ? std::optional(job->json()) : std::nullopt;
}

std::shared_ptr<EventLog> ImportJobs::events(std::string_view id, std::string_view account) {
  const std::lock_guard lock(mutex_);
  const auto job = find(id, account);
  return job ? job->events : nullptr;
}

bool ImportJobs::cancel(std::string_view id, std::string_view account) {
  const std::lock_guard lock(mutex_);
  const auto job = find(id, account);
  if (!job) return false;
  job->cancel_asked = true;
  changed_.notify_all();
  return true;
}

void ImportJobs::forget_old_jobs() {
  const auto now = std::chrono::steady_clock::now();
  std::erase_if(jobs_, [&](const auto& entry) {
    return entry.second->state != Job::State::running && now - entry.second->finished_at >= options_.keep;
  });
}

void ImportJobs::work() {
  for (;;) {
    std::shared_ptr<Job> job;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
      if (ending_) return;
      job = std::move(waiting_.front());
      waiting_.pop_front();
      if (job->cancel_asked || job->next == job->files.size()) {
        finish(*job);
        continue;
      }
    }
    import_next(*job);
    const std::lock_guard lock(mutex_);
    // Done with its last file, a job ends at once; otherwise it goes behind the others.
    if (job->next == job->files.size()) {
      finish(*job);
    } else {
      waiting_.push_back(std::move(job));
    }
  }
}

void ImportJobs::import_next(Job& job) {
  // Only the thread that holds the job moves `next`.
  const std::size_t index = job.next;
  const Upload::File& file = job.files[index];
  desks::ImportedFile outcome;
  try {
    outcome = import_({file.name, job.upload->bytes(file), {}}, job.who);
  } catch (const std::exception& broken) {
    spdlog::error("import {}: {}", file.name, broken.what());
    outcome.state = desks::ImportedFile::State::failed;
    outcome.code = "internal";
    outcome.message = std::string(problem_kind("internal").detail);
  }
  outcome.file = file.name;
  std::string event;
  JsonWriter out(event);
  write_file(out, outcome, index);
  {
    const std::lock_guard lock(mutex_);
    job.outcomes[index] = std::move(outcome);
    ++job.next;
  }
  job.events->append("file", event);
}

void ImportJobs::finish(Job& job) {
  job.state = job.next == job.files.size() ? Job::State::done : Job::State::cancelled;
  job.finished_at = std::chrono::steady_clock::now();
  job.upload.reset();
  job.files = {};
  --unfinished_;
  job.events->append("done", job.json());
  job.events->close();
}

}  // namespace jiheng::service
