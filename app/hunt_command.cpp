#include "app/hunt_command.h"

#include <algorithm>
#include <map>
#include <ostream>

#include "app/hunt_files.h"
#include "app/hunt_plan_source.h"
#include "base/json.h"
#include "hunt/hit_json.h"

namespace hinomi::app {
namespace {

// On a terminal nobody reads thousands of lines about one value; JSON output has them all.
constexpr std::uint64_t kShownPerIndicator = 100;

bool names_one_source(const HuntOptions& options) {
  const int named = static_cast<int>(!options.plan.empty()) + static_cast<int>(!options.bundle.empty()) +
                    static_cast<int>(!options.list.empty()) + static_cast<int>(!options.server.empty());
  return named == 1;
}

class Hunt {
 public:
  Hunt(const Context& context, const HuntOptions& options, const HuntPorts& ports, const HuntSource& source)
      : context_(context),
        options_(options),
        ports_(ports),
        source_(source),
        scanner_(source.plan, options.threads),
        started_(context.machine.clock.now()),
        last_progress_(started_) {}

  ExitCode run() {
    for (const std::string& path : options_.paths) {
      if (is_interrupted()) break;
      examine_path(path);
    }
    if (shows_line_) context_.err << "\r\033[K";
    finish();
    if (is_interrupted()) return ExitCode::Interrupted;
    if (summary_.hits > 0 && options_.fail_on == FailOn::Hit) return ExitCode::Findings;
    return unexamined_ > 0 ? ExitCode::Failed : ExitCode::Done;
  }

 private:
  [[nodiscard]] bool is_interrupted() const { return ports_.interrupted != nullptr && ports_.interrupted->load(); }

  void examine_path(const std::string& path) {
    if (path == "-") {
      examine("-");
      return;
    }
    const auto files = context_.machine.files.list(path);
    if (!files.ok()) {
      examine(path);  // a link or a file that only opening can tell more about
      return;
    }
    for (const std::string& file : *files) {
      if (is_interrupted()) return;
      examine(file);
    }
  }

  void examine(const std::string& file) {
    HitJson json(source_.plan, file);
    ScanPorts ports;
    ports.report = [&](std::span<const PartHit> hits) { report(file, json, hits); };
    ports.go_on = [&](std::uint64_t bytes) {
      show_progress(file, bytes);
      return !is_interrupted();
    };
    const auto totals = file == "-" ? scanner_.scan_standard_input(ports) : scanner_.scan_file(file, ports);
    if (!totals.ok()) {
      report_unexamined(file, totals.error());
      return;
    }
    summary_.bytes += totals->bytes;
    summary_.lines += totals->lines;
  }

  void report(const std::string& file, HitJson& json, std::span<const PartHit> hits) {
    if (shows_line_) context_.err << "\r\033[K";
    shows_line_ = false;
    summary_.hits += hits.size();
    std::string out;
    for (const PartHit& hit : hits) {
      if (context_.json) {
        json.append({hit.line, hit.offset, hit.indicator, {}}, out);
      } else if (++shown_[hit.indicator] <= kShownPerIndicator) {
        append_for_people(file, hit, out);
      }
    }
    context_.out << out;
  }

  void append_for_people(const std::string& file, const PartHit& hit, std::string& out) const {
    const HuntPlan::View view = source_.plan.at(hit.indicator);
    out += file + ":" + std::to_string(hit.line) + ": " + defanged({view.type, std::string(view.value)});
    for (const std::string_view part : {view.release, view.label}) {
      if (!part.empty()) out += "  " + std::string(part);
    }
    out += '\n';
  }

  void report_unexamined(const std::string& file, const Error& error) {
    ++unexamined_;
    if (context_.json) {
      JsonWriter line;
      line.begin_object().member("schema", "hinomi.hunt-unexamined.v1").member("file", file);
      context_.err << line.member("code", error.code).member("detail", error.detail).end_object().text() << "\n";
      return;
    }
    context_.err << context_.text("hunt.unexamined", {{"file", file}, {"detail", error.detail}}) << "\n";
  }

  void show_progress(const std::string& file, std::uint64_t bytes) {
    const Instant now = context_.machine.clock.now();
    if (!options_.shows_progress || context_.quiet || now - last_progress_ < std::chrono::seconds(1)) return;
    last_progress_ = now;
    shows_line_ = true;
    const std::string megabytes = std::to_string((summary_.bytes + bytes) / 1'000'000);
    context_.err << "\r\033[K" << context_.text("hunt.progress", {{"file", file}, {"megabytes", megabytes}})
                 << std::flush;
  }

  void finish() {
    using Seconds = std::chrono::duration<double>;
    summary_.seconds = Seconds(context_.machine.clock.now() - started_).count();
    summary_.indicators = source_.searched;
    if (context_.json) {
      context_.out << summary_json(summary_) << std::flush;
      return;
    }
    context_.out << std::flush;
    for (const auto& [indicator, count] : shown_) {
      if (count <= kShownPerIndicator) continue;
      const HuntPlan::View view = source_.plan.at(indicator);
      context_.err << context_.text("hunt.more", {{"count", std::to_string(count - kShownPerIndicator)},
                                                  {"indicator", defanged({view.type, std::string(view.value)})}})
                   << "\n";
    }
    if (context_.quiet) return;
    context_.err << context_.text("hunt.summary", {{"hits", std::to_string(summary_.hits)},
                                                   {"lines", std::to_string(summary_.lines)},
                                                   {"megabytes", std::to_string(summary_.bytes / 1'000'000)},
                                                   {"indicators", std::to_string(summary_.indicators)},
                                                   {"unexamined", std::to_string(unexamined_)}})
                 << "\n";
  }

  const Context& context_;
  const HuntOptions& options_;
  const HuntPorts& ports_;
  const HuntSource& source_;
  FileScanner scanner_;
  Instant started_;
  Instant last_progress_;
  HuntSummary summary_;
  std::map<std::uint32_t, std::uint64_t> shown_;
  std::uint64_t unexamined_ = 0;
  bool shows_line_ = false;
};

}  // namespace

ExitCode run_hunt(const Context& context, const HuntOptions& options, const HuntPorts& ports) {
  if (!names_one_source(options)) {
    fail(context, invalid("hunt.one_source", "Give exactly one of --plan, --bundle, --ioc and --server."));
    return ExitCode::WrongUse;
  }
  if (options.paths.empty()) {
    fail(context, invalid("hunt.no_paths", "Name the files or folders to search."));
    return ExitCode::WrongUse;
  }
  if (!options.bundle.empty() && options.trust.empty()) {
    fail(context, invalid("hunt.trust", "A bundle needs --trust KEYFILE with its issuer's public key."));
    return ExitCode::WrongUse;
  }
  const auto source = load_hunt_source(context, options, ports);
  if (!source.ok()) return fail(context, source.error());
  return Hunt(context, options, ports, *source).run();
}

}  // namespace hinomi::app
