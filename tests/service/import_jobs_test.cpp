#include "service/api/import_jobs.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <latch>
#include <semaphore>

namespace jiheng::service {
namespace {

using namespace std::chrono_literals;

std::unique_ptr<Upload> upload_of(const std::vector<std::pair<std::string, std::string>>& files) {
  auto upload = std::make_unique<Upload>(std::move(*Spool::open("")));
  for (const auto& [name, bytes] : files) EXPECT_TRUE(upload->add(name, bytes));
  return upload;
}

std::vector<desks::IncomingFile> as_they_are(std::vector<desks::IncomingFile> files) {
  return files;
}

const access::Principal local = access::Principal::operator_at_machine();

desks::ImportedFile imported(const desks::IncomingFile& file, const access::Principal&) {
  desks::ImportedFile outcome;
  outcome.state = desks::ImportedFile::State::imported;
  outcome.file = file.name;
  outcome.submission = "0193";
  outcome.tables = static_cast<int>(file.bytes.size());
  return outcome;
}

boost::json::object wait_for_end(ImportJobs& jobs, const std::string& id) {
  for (int i = 0; i < 1000; ++i) {
    auto job = boost::json::parse(*jobs.json(id, "local")).as_object();
    if (job.at("state").as_string() != "running") return job;
    std::this_thread::sleep_for(5ms);
  }
  ADD_FAILURE() << "the job does not end";
  return {};
}

TEST(ImportJobs, FilesAreImportedInTheOrderSentAndTold) {
  ImportJobs jobs(as_they_are, imported);
  const auto started = jobs.start(upload_of({{"甲.docx", "a"}, {"乙.docx", "bb"}, {"丙.docx", ""}}), local);
  ASSERT_TRUE(started);
  EXPECT_EQ(started->files, 3U);
  const auto job = wait_for_end(jobs, started->id);
  EXPECT_EQ(job.at("state").as_string(), "done");
  EXPECT_EQ(job.at("finished").as_int64(), 3);
  EXPECT_EQ(job.at("files").at(1).at("file").as_string(), "乙.docx");
  EXPECT_EQ(job.at("files").at(1).at("tables").as_int64(), 2);
  const auto told = jobs.events(started->id, "local")->read(0, 1 << 20);
  EXPECT_TRUE(told.at_end);
  EXPECT_EQ(told.next, 4U);
  EXPECT_LT(told.text.find("甲.docx"), told.text.find("乙.docx"));
  EXPECT_NE(told.text.find("event: done"), std::string::npos);
}

TEST(ImportJobs, AZipCountsAsTheDocumentsInIt) {
  const auto unpack = [](std::vector<desks::IncomingFile> files) {
    if (files[0].name != "全部.zip") return files;
    return std::vector<desks::IncomingFile>{{"全部.zip/一.txt", "1"}, {"全部.zip/二.txt", "22"}};
  };
  ImportJobs jobs(unpack, imported);
  const auto started = jobs.start(upload_of({{"单.docx", "PK single"}, {"全部.zip", "PK archive"}, {"末.txt", "x"}}), local);
  ASSERT_TRUE(started);
  EXPECT_EQ(started->files, 4U);
  const auto job = wait_for_end(jobs, started->id);
  std::string names;
  for (const auto& file : job.at("files").as_array())
    names += std::string(file.at("file").as_string()) + "=" + std::to_string(file.at("tables").as_int64()) + " ";
  EXPECT_EQ(names, "单.docx=9 全部.zip/一.txt=1 全部.zip/二.txt=2 末.txt=1 ");
}

TEST(ImportJobs, AnUploadWithoutFilesIsRefused) {
  ImportJobs jobs(as_they_are, imported);
  EXPECT_EQ(jobs.start(upload_of({}), local).error().code, "no-files");
}

TEST(ImportJobs, WhatBreaksInOneFileFailsThatFileOnly) {
  ImportJobs jobs(as_they_are, [](const desks::IncomingFile& file, const access::Principal&) -> desks::ImportedFile {
    if (file.name == "b") throw std::runtime_error("disk");
    return imported(file, local);
  });
  const auto job = wait_for_end(jobs, jobs.start(upload_of({{"a", ""}, {"b", ""}, {"c", ""}}), local)->id);
  EXPECT_EQ(job.at("state").as_string(), "done");
  EXPECT_EQ(job.at("files").at(1).at("state").as_string(), "failed");
  EXPECT_EQ(job.at("files").at(1).at("code").as_string(), "internal");
  EXPECT_EQ(job.at("files").at(2).at("state").as_string(), "imported");
}

/// An importer that stops at each file until it is let on.
struct Barrier {
  std::counting_semaphore<100> let{0};
  std::counting_semaphore<100> reached{0};
  ImportJobs::Import import() {
    return [this](const desks::IncomingFile& file, const access::Principal&) {
      reached.release();
      let.acquire();
      return imported(file, local);
    };
  }
};

TEST(ImportJobs, CancellingFinishesTheFileAtHandAndLeavesTheRestWaiting) {
  Barrier gate;
  ImportJobs jobs(as_they_are, gate.import());
  const auto id = jobs.start(upload_of({{"a", ""}, {"b", ""}, {"c", ""}}), local)->id;
  gate.reached.acquire();
  EXPECT_TRUE(jobs.cancel(id, "local"));
  gate.let.release(3);
  const auto job = wait_for_end(jobs, id);
  EXPECT_EQ(job.at("state").as_string(), "cancelled");
  EXPECT_EQ(job.at("finished").as_int64(), 1);
  EXPECT_EQ(job.at("files").at(0).at("state").as_string(), "imported");
  EXPECT_EQ(job.at("files").at(1).at("state").as_string(), "waiting");
  EXPECT_FALSE(jobs.cancel("no such job", "local"));
}

TEST(ImportJobs, TwoJobsTakeTurns) {
  std::vector<std::string> order;
  Barrier gate;
  ImportJobs jobs(as_they_are, [&](const desks::IncomingFile& file, const access::Principal&) {
    gate.reached.release();
    gate.let.acquire();
    order.push_back(file.name);
    return imported(file, local);
  });
  const auto one = jobs.start(upload_of({{"a1", ""}, {"a2", ""}, {"a3", ""}}), local)->id;
  gate.reached.acquire();
  const auto two = jobs.start(upload_of({{"b1", ""}}), local)->id;
  gate.let.release(4);
  wait_for_end(jobs, one);
  wait_for_end(jobs, two);
  // One is taken up again only when the other has had a file in.
  EXPECT_EQ(order, (std::vector<std::string>{"a1", "b1", "a2", "a3"}));
}

TEST(ImportJobs, TooManyAtOnceAreRefusedUntilOneIsDone) {
  Barrier gate;
  ImportJobOptions options;
  options.max_unfinished = 1;
  ImportJobs jobs(as_they_are, gate.import(), options);
  const auto id = jobs.start(upload_of({{"a", ""}}), local)->id;
  EXPECT_EQ(jobs.start(upload_of({{"b", ""}}), local).error().code, "busy");
  gate.let.release(2);
  wait_for_end(jobs, id);
  EXPECT_TRUE(jobs.start(upload_of({{"b", ""}}), local));
}

TEST(ImportJobs, FinishedJobsAreForgottenAfterTheirTime) {
  ImportJobOptions options;
  options.keep = 0ms;
  ImportJobs jobs(as_they_are, imported, options);
  const auto id = jobs.start(upload_of({{"a", ""}}), local)->id;
  for (int i = 0; i < 1000 && jobs.json(id, "local"); ++i) std::this_thread::sleep_for(5ms);
  EXPECT_FALSE(jobs.json(id, "local"));
  EXPECT_EQ(jobs.events(id, "local"), nullptr);
}

TEST(ImportJobs, EndingWaitsForTheFileAtHand) {
  std::atomic<bool> finished = false;
  std::latch reached(1);
  {
    ImportJobs jobs(as_they_are, [&](const desks::IncomingFile& file, const access::Principal&) {
      reached.count_down();
      std::this_thread::sleep_for(100ms);
      finished = true;
      return imported(file, local);
    });
    ASSERT_TRUE(jobs.start(upload_of({{"a", ""}}), local));
    reached.wait();
  }
  EXPECT_TRUE(finished);
}

TEST(ImportJobs, UnpackedDocumentsAreBounded) {
  ImportJobOptions options;
  options.max_unpacked_bytes = 1000;
  const auto unpack = [](std::vector<desks::IncomingFile>) { return std::vector<desks::IncomingFile>{{"z/a", std::string(2000, 'x')}}; };
  ImportJobs jobs(unpack, imported, options);
  EXPECT_EQ(jobs.start(upload_of({{"z", "PK\x03\x04"}}), local).error().code, "too-large");
}

}  // namespace
}  // namespace jiheng::service
