#include "app/hunt_plan_source.h"

#include <algorithm>
#include <ostream>

#include "app/mapped_file.h"
#include "base/text.h"
#include "hunt/bundle.h"
#include "hunt/indicator_list.h"

namespace hinomi::app {
namespace {

constexpr std::uint64_t kMaxListBytes = std::uint64_t{512} << 20;
constexpr std::uint64_t kMaxKeyFileBytes = 65536;
constexpr std::size_t kShownProblems = 20;

Result<PublicKey> read_public_key(std::string_view line) {
  const auto bytes = line.size() == 64 ? from_hex(line) : from_base64(line);
  PublicKey key{};
  if (!bytes.ok() || bytes->size() != key.size()) {
    return invalid("hunt.trust", "A public key has 32 bytes, in hexadecimal digits or base64.");
  }
  std::copy(bytes->begin(), bytes->end(), key.begin());
  return key;
}

Result<std::vector<PublicKey>> read_trusted_keys(const Context& context, const HuntOptions& options) {
  std::vector<PublicKey> keys;
  for (const std::string& path : options.trust) {
    TRY(const std::string text, context.machine.files.read(path, kMaxKeyFileBytes));
    for (const std::string_view line : split(text, '\n')) {
      const std::string_view word = trimmed(line);
      if (word.empty() || word.starts_with('#')) continue;
      auto key = read_public_key(word);
      if (!key.ok()) return key.error().inside(path);
      keys.push_back(*key);
    }
  }
  return keys;
}

Result<HuntSource> compiled(const Context& context, const HuntOptions& options,
                            const std::vector<PlanIndicator>& indicators, std::optional<Instant> expires_at) {
  PlanOptions plan_options;
  plan_options.expires_at = expires_at;
  context.machine.random.fill(plan_options.key);
  TRY(CompiledPlan plan, compile_plan(indicators, plan_options));
  for (std::size_t i = 0; i < std::min(plan.skipped.size(), kShownProblems) && !context.quiet; ++i) {
    const SkippedIndicator& skipped = plan.skipped[i];
    context.err << context.text("hunt.cannot_search",
                                {{"indicator", indicators[skipped.index].indicator.value}, {"reason", skipped.reason}})
                << "\n";
  }
  if (!options.save_plan.empty()) TRY_OK(context.machine.files.replace(options.save_plan, as_text(plan.bytes)));
  const std::uint64_t searched = indicators.size() - plan.skipped.size();
  TRY(HuntPlan opened, HuntPlan::own(std::move(plan.bytes)));
  return HuntSource{std::move(opened), nullptr, searched};
}

Result<HuntSource> from_plan(const Context& context, const HuntOptions& options) {
  TRY(MappedFile file, map_file(options.plan));
  auto plan = HuntPlan::open(file.bytes);
  if (!plan.ok()) return plan.error().inside(options.plan);
  if (plan->expires_at() && context.machine.clock.now() >= *plan->expires_at()) {
    return invalid("hunt.plan_expired", "The plan expired on " + to_rfc3339(*plan->expires_at()) + ".", options.plan);
  }
  const std::uint64_t searched = plan->size();
  return HuntSource{std::move(*plan), std::move(file.keeps), searched};
}

Result<HuntSource> from_bundle(const Context& context, const HuntOptions& options) {
  TRY(const std::vector<PublicKey> trusted, read_trusted_keys(context, options));
  TRY(const MappedFile file, map_file(options.bundle));
  auto bundle = open_bundle(file.bytes, trusted, context.machine.clock.now());
  if (!bundle.ok()) return bundle.error().inside(options.bundle);
  const BundleMember* member = bundle->find(kIndicatorsMember);
  if (member == nullptr) return invalid("bundle.no_indicators", "The bundle holds no indicators.", options.bundle);
  TRY(const std::vector<PlanIndicator> indicators, read_indicators_jsonl(member->content));
  if (!context.quiet && !context.json) {
    std::string labels;
    for (const std::string& label : bundle->labels) labels += (labels.empty() ? "" : ", ") + label;
    context.err << context.text("hunt.bundle",
                                {{"issuer", bundle->issuer},
                                 {"expires", tokyo_text(bundle->expires, context.language == Language::English)},
                                 {"labels", labels}})
                << "\n";
  }
  return compiled(context, options, indicators, bundle->expires);
}

Result<HuntSource> from_list(const Context& context, const HuntOptions& options) {
  TRY(const MappedFile file, map_file(options.list));
  if (file.bytes.size() > kMaxListBytes)
    return too_large("hunt.plan_too_large", "A list has at most 512 MiB.", options.list);
  const IndicatorList list = read_indicator_list(as_text(file.bytes));
  for (std::size_t i = 0; i < std::min(list.problems.size(), kShownProblems); ++i) {
    const ListProblem& problem = list.problems[i];
    context.err << context.text("hunt.list_problem", {{"file", options.list},
                                                      {"line", std::to_string(problem.line)},
                                                      {"detail", problem.error.detail}})
                << "\n";
  }
  if (list.problems.size() > kShownProblems) {
    const std::string more = std::to_string(list.problems.size() - kShownProblems);
    context.err << context.text("hunt.list_more_problems", {{"count", more}}) << "\n";
  }
  if (list.indicators.empty()) {
    return invalid("hunt.list_empty", "No line of the list could be read as an indicator.", options.list);
  }
  return compiled(context, options, list.indicators, std::nullopt);
}

}  // namespace

Result<HuntSource> load_hunt_source(const Context& context, const HuntOptions& options, const HuntPorts& ports) {
  if (!options.plan.empty()) return from_plan(context, options);
  if (!options.bundle.empty()) return from_bundle(context, options);
  if (!options.list.empty()) return from_list(context, options);
  TRY(const std::vector<PlanIndicator> indicators, ports.fetch_indicators(options.server));
  return compiled(context, options, indicators, std::nullopt);
}

}  // namespace hinomi::app
