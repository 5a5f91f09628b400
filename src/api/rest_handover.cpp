// 引き継ぎ: the memo for the next shift, and taking the watch over.
#include "api/present.h"
#include "api/present_handover.h"
#include "api/rest.h"

namespace hinomi::api {

Result<HttpResponse> get_handover(Api& api, const Visit& visit) {
  TRY(const flow::HandoverMemo memo, flow::handover_memo(api.platform(), visit.who()));
  return json_response(handover_json(api, visit, memo));
}

Result<HttpResponse> post_handover(Api& api, const Visit& visit) {
  TRY(const auto document, json_body(visit.request, {"digest"}));
  const std::string digest(document->root().string_at("digest").value_or(""));
  TRY(const flow::HandoverMemo memo, flow::take_over(api.platform(), visit.who(), digest, repeat_key(visit.request)));
  return json_response(handover_json(api, visit, memo), 201);
}

}  // namespace hinomi::api
