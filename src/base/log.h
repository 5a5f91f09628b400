// Events with fields as JSON lines:  log.info("report_filed", {{"report", id.text()}});
// Never payloads, never secrets. Safe on any thread; one write per line.
#pragma once

#include <initializer_list>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "base/clock.h"

namespace hinomi {

class Log {
 public:
  using Fields = std::initializer_list<std::pair<std::string_view, std::string>>;
  virtual ~Log() = default;
  void info(std::string_view event, Fields fields = {}) { write("info", event, fields); }
  void warn(std::string_view event, Fields fields = {}) { write("warn", event, fields); }
  void error(std::string_view event, Fields fields = {}) { write("error", event, fields); }

 private:
  virtual void write(std::string_view level, std::string_view event, Fields fields) = 0;
};

// To standard error.
class JsonLinesLog final : public Log {
 public:
  explicit JsonLinesLog(const Clock& clock) : clock_(clock) {}

 private:
  void write(std::string_view level, std::string_view event, Fields fields) override;
  const Clock& clock_;
  std::mutex mutex_;
};

// Swallows everything; for tests and quiet commands.
class NoLog final : public Log {
  void write(std::string_view, std::string_view, Fields) override {}
};

}  // namespace hinomi
