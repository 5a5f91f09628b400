#include "base/log.h"

#include <unistd.h>

#include "base/json.h"

namespace hinomi {

void JsonLinesLog::write(std::string_view level, std::string_view event, Fields fields) {
  JsonWriter line;
  line.begin_object().member("time", to_rfc3339(clock_.now())).member("level", level).member("event", event);
  for (const auto& [name, value] : fields) line.member(name, value);
  line.end_object();
  const std::string text = line.take() + "\n";
  const std::lock_guard lock(mutex_);
  // A log line that cannot be written must not stop the program.
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace hinomi
