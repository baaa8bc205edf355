#include "reading/formats/pdf/qpdf_filters.h"

#include <mutex>
#include <stdexcept>

#include "reading/formats/pdf/object.h"

namespace jiheng::reading::pdf {
namespace {

thread_local Budget* present_budget = nullptr;

/// More tokens than this in one object stream are no document any more; each would cost qpdf some hundred bytes.
constexpr std::size_t most_tokens = 500000;

std::size_t count_tokens(std::string_view text) {
  std::size_t count = 0;
  bool blank = true;
  for (const char c : text) {
    const bool separates = c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '[' || c == '/' || c == '<' || c == '(';
    count += blank && !separates;
    count += separates && c != ' ' && c != '\n' && c != '\r' && c != '\t';
    blank = separates;
  }
  return count;
}

class DecodePipeline : public Pipeline {
 public:
  DecodePipeline(Filter filter, const Predictor& predictor, Pipeline* following)
      : Pipeline("bounded", following), filter_(filter), predictor_(predictor) {}

  void write(unsigned char const* data, size_t length) override { packed_.append({reinterpret_cast<const char*>(data), length}); }

  void finish() override {
    Budget own{1U << 20};
    Budget& budget = present_budget != nullptr ? *present_budget : own;
    Bytes plain;
    const bool good = decode(filter_, packed_.view(), predictor_, budget, plain);
    packed_.clear();
    if (budget.exceeded || plain.size() > most_tokens) {
      if (budget.exceeded || count_tokens(plain.view()) > most_tokens) {
        budget.exceeded = true;
        throw std::runtime_error("a stream expands too much");
      }
    }
    if (!good && plain.size() == 0) throw std::runtime_error("a stream cannot be decoded");
    getNext()->write(reinterpret_cast<const unsigned char*>(plain.view().data()), plain.size());
    getNext()->finish();
  }

 private:
  Filter filter_;
  Predictor predictor_;
  Bytes packed_;
};

class BoundedFilter : public QPDFStreamFilter {
 public:
  explicit BoundedFilter(Filter filter) : filter_(filter) {}

  bool setDecodeParms(QPDFObjectHandle parms) override {
    predictor_ = predictor_of(Object(parms));
    return true;
  }

  Pipeline* getDecodePipeline(Pipeline* next) override {
    pipeline_ = std::make_unique<DecodePipeline>(filter_, predictor_, next);
    return pipeline_.get();
  }

 private:
  Filter filter_;
  Predictor predictor_;
  std::unique_ptr<DecodePipeline> pipeline_;
};

void take_over_filters() {
  static std::once_flag once;
  std::call_once(once, [] {
    QPDF::registerStreamFilter("/FlateDecode", [] { return std::make_shared<BoundedFilter>(Filter::flate); });
    QPDF::registerStreamFilter("/LZWDecode", [] { return std::make_shared<BoundedFilter>(Filter::lzw); });
    QPDF::registerStreamFilter("/RunLengthDecode", [] { return std::make_shared<BoundedFilter>(Filter::run_length); });
  });
}

}  // namespace

BoundedInflation::BoundedInflation(std::size_t bytes) : budget_{bytes}, outer_(present_budget) {
  take_over_filters();
  present_budget = &budget_;
}

BoundedInflation::~BoundedInflation() {
  present_budget = outer_;
}

}  // namespace jiheng::reading::pdf
