// The reader's entitled indicators as one signed file for hunting where there is no network.
#include <set>

#include "api/present.h"
#include "api/rest.h"
#include "hunt/bundle.h"

namespace hinomi::api {
namespace {

constexpr std::chrono::days kBundleLifetime{7};
constexpr std::size_t kPage = 10'000;

Result<std::vector<PlanIndicator>> entitled_indicators(const Api& api, const Visit& visit) {
  std::vector<PlanIndicator> all;
  store::Sequence after = 0;
  for (;;) {
    TRY(const auto rows, api.platform().store.indicators(visit.who().reach, after, kPage));
    for (const store::EntitledIndicator& row : rows) {
      all.push_back({row.indicator, row.id, row.release.text(), std::string(tlp_text(row.tlp))});
    }
    if (rows.size() < kPage) return all;
    after = rows.back().sequence;
  }
}

}  // namespace

Result<HttpResponse> get_bundle(Api& api, const Visit& visit) {
  TRY(const auto indicators, entitled_indicators(api, visit));
  std::set<std::string> labels;
  for (const PlanIndicator& indicator : indicators) labels.insert(indicator.label);
  Bundle bundle;
  bundle.issuer = "Hinomi";
  bundle.created = api.platform().clock.now();
  bundle.expires = bundle.created + kBundleLifetime;
  bundle.labels.assign(labels.begin(), labels.end());
  bundle.members.push_back({std::string(kIndicatorsMember), indicators_jsonl(indicators)});
  TRY(const Bytes file, write_bundle(bundle, api.platform().signing_key));
  HttpResponse response;
  response.headers.add("Content-Type", "application/zip");
  response.headers.add("Content-Disposition", "attachment; filename=\"hinomi-indicators.zip\"");
  response.body = as_text(file);
  return response;
}

}  // namespace hinomi::api
