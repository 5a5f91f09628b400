#include "worlds/session.h"

#include <algorithm>
#include <array>

#include "policy/permit.h"
#include "routes/nonces.h"
#include "worlds/pair.h"
#include "worlds/stream_watch.h"

namespace hinomi::tests::worlds {
namespace {

namespace action = policy::action;
using routes::Effect;
using routes::Made;
using routes::Row;

enum class Client { Browser, Token, Taxii };
std::string_view text_of(Client client) {
  constexpr std::array<std::string_view, 3> kTexts{"browser", "token", "taxii"};
  return kTexts.at(static_cast<std::size_t>(client));
}

const std::vector<Row>& rows() {
  static const std::vector<Row> all = routes::all_rows();
  return all;
}

void sign(HttpRequest& request, Client client, const World::Keys& keys) {
  if (client == Client::Token) request.headers.add("Authorization", "Bearer " + keys.token);
  if (client == Client::Taxii) request.headers.add("Authorization", "Basic " + to_base64(as_bytes("x:" + keys.token)));
  if (client != Client::Browser) return;
  request.headers.add("Cookie", "hinomi_session=" + keys.cookie);
  request.headers.add("X-CSRF-Token", keys.csrf);
}

std::string sent_text(const HttpRequest& request) {
  std::string text = request.method_text + " " + request.target + "\n";
  for (const Header& header : request.headers) text += header.name + ": " + header.value + "\n";
  return text + "\n" + request.body;
}

// What follows `before` up to the next quotation mark.
std::string quoted_after(std::string_view body, std::string_view before) {
  const auto at = body.find(before);
  if (at == std::string_view::npos) return "";
  const auto from = at + before.size();
  return std::string(body.substr(from, body.find('"', from) - from));
}

class Walk {
 public:
  Walk(const Plan& plan, const Edits& edits, const Effort& effort, const Door& door)
      : plan_(plan), effort_(effort), door_(door), worlds_(plan, edits), choice_(mixed({plan.seed, 8})) {}

  Visit walk() {
    find_all();
    return {std::move(finding_), asked_};
  }

 private:
  void find_all() {
    finding_ = worlds_.perform(0, plan_.early);
    if (finding_) return;
    keys_ = worlds_.a().keys_of(plan_.viewer);
    worlds_.b().keys_of(plan_.viewer);
    if (effort_.stream) {
      watch_a_.emplace(worlds_.a(), plan_.viewer, keys_.cookie);
      watch_b_.emplace(worlds_.b(), plan_.viewer, keys_.cookie);
    }
    prepare();
    ask_rows({Effect::Reads}, effort_.reads);
    if (finding_) return;
    finding_ = worlds_.perform(plan_.early, plan_.deeds.size());
    if (finding_) return;
    prepare();
    ask_rows({Effect::Reads}, effort_.reads / 2 + 1);
    ask_rows({Effect::Writes, Effect::SignsIn}, effort_.writes);
    if (!finding_) finding_ = worlds_.perform(plan_.deeds.size(), plan_.deeds.size());
    prepare();
    ask_rows({Effect::Reads}, effort_.reads / 2 + 1);
    if (!finding_ && effort_.stream) finding_ = compare_streams();
    ask_rows({Effect::SignsOut}, 1);
  }

  void prepare() {
    const auto material = material_of(plan_, worlds_.a(), worlds_.b(), {effort_.breadth, round_++});
    material_a_ = material_b_ = material;
    for (auto& [kind, things] : harvested_a_) append(material_a_, kind, things);
    for (auto& [kind, things] : harvested_b_) append(material_b_, kind, things);
    scanner_ = scanner_of(plan_, worlds_.a(), worlds_.b());
  }

  static void append(routes::Material& material, const std::string& kind, const std::vector<routes::Known>& things) {
    auto& all = material.known[kind];
    all.insert(all.end(), things.begin(), things.end());
  }

  void ask_rows(std::initializer_list<Effect> effects, std::size_t of_each) {
    for (const Row& row : rows()) {
      if (finding_) return;
      if (std::ranges::find(effects, row.ask.effect) != effects.end()) ask_row(row, of_each);
    }
  }

  // The plainest request always, then some of the others.
  void ask_row(const Row& row, std::size_t count) {
    constexpr std::size_t kMore = 4;
    const auto begins = [&](const std::string& route) { return row.pattern.starts_with(route); };
    if (std::ranges::any_of(plan_.asks_more, begins)) count *= kMore;
    fetch_cursor(row);
    const auto in_a = routes::requests_for(row, material_a_);
    const auto in_b = routes::requests_for(row, material_b_);
    if (in_a.size() != in_b.size()) {
      finding_ = Finding{"the requests of " + std::string(row.pattern), "tester", "are not as many", "", "", ""};
      return;
    }
    for (std::size_t i = 0; i < std::min(count, in_a.size()) && !finding_; ++i) {
      const std::size_t chosen = i == 0 ? 0 : some_request(in_a);
      ask(row, in_a[chosen], in_b[chosen]);
    }
    material_a_.known.erase("cursor");
    material_b_.known.erase("cursor");
  }

  // Half of them with a hidden thing somewhere, where there is one.
  std::size_t some_request(const std::vector<Made>& all) {
    const bool hidden = chance(choice_, 50);
    std::size_t chosen = 0;
    for (int i = 0; i < 12; ++i) {
      chosen = choice_.below(static_cast<std::uint32_t>(all.size()));
      if (!hidden || all[chosen].name.find("=hidden") != std::string::npos) break;
    }
    return chosen;
  }

  // The first page of the list, so that there is a cursor to go on with: each world gives its own.
  void fetch_cursor(const Row& row) {
    const bool paged = std::ranges::any_of(
        row.ask.queries, [](std::string_view query) { return query.find("<cursor>") != std::string_view::npos; });
    if (!paged || row.ask.effect != Effect::Reads) return;
    const auto first_of = [&](const routes::Material& material) {
      const auto all = routes::requests_for(row, material);
      const auto one = std::ranges::find_if(all, [](const Made& made) {
        return made.is_plain() && made.name.find(" ?limit=1") != std::string::npos &&
               made.name.find("cursor") == std::string::npos;
      });
      return one == all.end() ? std::optional<Made>() : *one;
    };
    const auto in_a = first_of(material_a_);
    const auto in_b = first_of(material_b_);
    if (in_a && in_b) ask(row, *in_a, *in_b);
  }

  Client client_for(const Row& row) {
    const bool taxii = row.pattern.starts_with("/taxii2");
    if (taxii) return chance(choice_, 70) ? Client::Taxii : Client::Token;
    return chance(choice_, 75) ? Client::Browser : Client::Token;
  }

  // Another language or method than the row's own, the same in both worlds.
  void dress(const Row& row, HttpRequest& to_a, HttpRequest& to_b) {
    const bool english = chance(choice_, 30);
    const bool head = row.method == Method::Get && chance(choice_, 12);
    for (HttpRequest* request : {&to_a, &to_b}) {
      if (english) request->headers.set("Accept-Language", "en");
      if (head) {
        request->method = Method::Head;
        request->method_text = "HEAD";
      }
    }
  }

  void ask(const Row& row, const Made& in_a, const Made& in_b) {
    const Client client = row.ask.effect == Effect::SignsOut ? Client::Browser : client_for(row);
    HttpRequest to_a = in_a.request;
    HttpRequest to_b = in_b.request;
    sign(to_a, client, keys_);
    sign(to_b, client, keys_);
    dress(row, to_a, to_b);
    worlds_.next_moment(asked_++);
    const HttpResponse from_a = door_(worlds_.a(), to_a);
    const HttpResponse from_b = door_(worlds_.b(), to_b);
    const std::string text_a = routes::comparable(from_a, &row, routes::Without::Committed);
    const std::string text_b = routes::comparable(from_b, &row, routes::Without::Committed);
    if (text_a != text_b) return report(in_a, client, "answers differ", sent_text(to_a), text_a, text_b);
    for (const auto& [response, request] : {std::pair(&from_a, &to_a), std::pair(&from_b, &to_b)}) {
      const std::string text = routes::comparable(*response, nullptr, routes::Without::Committed);
      if (const auto hit = scanner_.find(text, typed_ + sent_text(*request)))
        return report(in_a, client, shown(*hit, text), sent_text(*request), "", "");
    }
    // What the viewer writes may stand in later answers, as the viewer's own word.
    if (row.ask.effect != Effect::Reads) typed_ += to_a.target + "\n" + to_a.body + "\n";
    harvest(row, from_a, harvested_a_, material_a_);
    harvest(row, from_b, harvested_b_, material_b_);
  }

  static std::string shown(const TaintScanner::Hit& hit, const std::string& text) {
    const std::size_t from = hit.at > 200 ? hit.at - 200 : 0;
    return "shows " + hit.needle + " of " + hit.what + " (" + hit.encoding + "): …" +
           text.substr(from, hit.at - from + 100) + "…";
  }

  // Cursors, and ids of what the viewer has just made.
  static void harvest(const Row& row, const HttpResponse& response,
                      std::map<std::string, std::vector<routes::Known>>& kept, routes::Material& material) {
    if (response.status >= 300) return;
    if (const std::string next = quoted_after(response.body, R"("next":")"); !next.empty())
      material.known["cursor"] = {{next, routes::Standing::Own, {}}};
    const auto keep = [&](const std::string& kind, std::string_view before) {
      const std::string id = quoted_after(response.body, before);
      if (!id.empty() && kept[kind].size() < 3) kept[kind].push_back({id, routes::Standing::Own, {}});
    };
    if (row.method == Method::Post && row.pattern.ends_with("/objects/")) keep("status", R"("id":")");
    if (row.method == Method::Get && row.pattern == "/api/v1/notices") keep("notice", R"("id":")");
  }

  void report(const Made& made, Client client, std::string what, std::string sent, std::string a, std::string b) {
    finding_ =
        Finding{made.name, std::string(text_of(client)), std::move(what), std::move(sent), std::move(a), std::move(b)};
  }

  std::optional<Finding> compare_streams() {
    worlds_.next_moment(asked_);
    const std::string in_a = watch_a_->frames();
    const std::string in_b = watch_b_->frames();
    if (in_a != in_b) return Finding{"the event stream", "browser", "frames differ", "", in_a, in_b};
    if (const auto hit = scanner_.find(in_a, typed_))
      return Finding{"the event stream", "browser", shown(*hit, in_a), "", "", ""};
    return std::nullopt;
  }

  const Plan& plan_;
  const Effort& effort_;
  const Door& door_;
  Pair worlds_;
  Draw choice_;
  World::Keys keys_;
  std::optional<StreamWatch> watch_a_, watch_b_;
  routes::Material material_a_, material_b_;
  std::map<std::string, std::vector<routes::Known>> harvested_a_, harvested_b_;
  TaintScanner scanner_;
  std::string typed_;
  std::size_t asked_ = 0;
  std::uint64_t round_ = 0;
  std::optional<Finding> finding_;
};

}  // namespace

HttpResponse plain_door(World& world, const HttpRequest& request) { return world.api().handle(request); }

Visit visit_both(const Plan& plan, const Edits& edits, const Effort& effort, const Door& door) {
  return Walk(plan, edits, effort, door).walk();
}

}  // namespace hinomi::tests::worlds
