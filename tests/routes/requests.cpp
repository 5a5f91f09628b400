#include "routes/requests.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"

namespace hinomi::tests::routes {
namespace {

// Values that are typed rather than ids: nothing is absent or malformed about them.
constexpr std::array<std::string_view, 6> kWords{"word", "value", "login", "idempotency", "cve", "asset"};

bool is_word(std::string_view kind) { return std::ranges::find(kWords, kind) != kWords.end(); }

// "<review.revision>" → {"review", "revision"}; the kind keeps its "#2".
struct Placeholder {
  std::string kind;
  std::string part;
};

std::string bare(std::string_view kind) { return std::string(kind.substr(0, kind.find('#'))); }

std::vector<Placeholder> placeholders(std::string_view text) {
  std::vector<Placeholder> found;
  for (auto open = text.find('<'); open != std::string_view::npos; open = text.find('<', open + 1)) {
    const auto close = text.find('>', open);
    if (close == std::string_view::npos) break;
    const auto name = text.substr(open + 1, close - open - 1);
    const auto dot = name.find('.');
    found.push_back(
        {std::string(name.substr(0, dot)), dot == std::string_view::npos ? "" : std::string(name.substr(dot + 1))});
  }
  return found;
}

// The templates of one request.
struct Plan {
  std::vector<std::string_view> path;
  std::string_view query;
  const Body* body = nullptr;
  const HeaderField* header = nullptr;
  std::string name;

  [[nodiscard]] std::vector<std::pair<Place, std::string_view>> texts() const {
    std::vector<std::pair<Place, std::string_view>> all;
    for (const std::string_view text : path) all.emplace_back(Place::Path, text);
    all.emplace_back(Place::Query, query);
    if (header != nullptr) all.emplace_back(Place::Header, header->value);
    if (body != nullptr) all.emplace_back(Place::Body, body->text);
    return all;
  }
};

using Choice = std::map<std::string, Known, std::less<>>;

enum class Escape { None, Url, Json };

std::string escaped(const std::string& value, Escape escape) {
  if (escape == Escape::Url) return url_encoded(value);
  if (escape == Escape::None) return value;
  std::string out;
  for (const char c : value) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out;
}

std::string part_of(const Known& known, const std::string& part) {
  if (part.empty()) return known.id;
  const auto found = known.parts.find(part);
  return found == known.parts.end() ? "1" : found->second;
}

std::string filled(std::string_view text, const Choice& choice, Escape escape) {
  std::string out;
  while (true) {
    const auto open = text.find('<');
    const auto close = open == std::string_view::npos ? open : text.find('>', open);
    if (close == std::string_view::npos) return out + std::string(text);
    out += text.substr(0, open);
    const auto here = placeholders(text.substr(open, close - open + 1));
    const std::string whole = here.front().kind + (here.front().part.empty() ? "" : "." + here.front().part);
    const auto own = choice.find(whole);  // a part that is varied for itself
    out += escaped(own != choice.end() ? own->second.id : part_of(choice.at(here.front().kind), here.front().part),
                   escape);
    text.remove_prefix(close + 1);
  }
}

Escape escape_of(const Body& body) {
  if (body.content_type.find("json") != std::string_view::npos) return Escape::Json;
  return body.content_type.find("form") != std::string_view::npos ? Escape::Url : Escape::None;
}

HttpRequest built(const Row& row, const Plan& plan, const Choice& choice) {
  HttpRequest request;
  request.method = row.method;
  request.method_text = method_text(row.method);
  std::string_view pattern = row.pattern;
  for (const std::string_view value : plan.path) {
    const auto open = pattern.find('{');
    request.target += std::string(pattern.substr(0, open)) + filled(value, choice, Escape::Url);
    request.path += std::string(pattern.substr(0, open)) + filled(value, choice, Escape::None);
    pattern.remove_prefix(pattern.find('}') + 1);
  }
  request.target += pattern;
  request.path += pattern;
  if (!plan.query.empty()) {
    request.target += "?" + filled(plan.query, choice, Escape::Url);
    for (const std::string_view pair : split(plan.query, '&')) {
      const auto equals = pair.find('=');
      const auto value = equals == std::string_view::npos ? "" : pair.substr(equals + 1);
      request.query.push_back(
          {std::string(pair.substr(0, equals)), *url_decoded(filled(value, choice, Escape::Url), Plus::IsSpace)});
    }
  }
  request.host = "hinomi.example";
  request.remote_address = "192.0.2.10";
  if (plan.body != nullptr) {
    request.headers.add("Content-Type", std::string(plan.body->content_type));
    request.body = filled(plan.body->text, choice, escape_of(*plan.body));
  }
  if (plan.header != nullptr)
    request.headers.add(std::string(plan.header->name), filled(plan.header->value, choice, Escape::None));
  return request;
}

class Generator {
 public:
  Generator(const Row& row, const Material& material) : row_(row), material_(material) {}

  std::vector<Made> all() {
    const Plan plain = plainest();
    add(plain, {});
    vary(plain);
    for (const std::string_view query : row_.ask.queries) {
      Plan plan = plain;
      plan.query = query;
      plan.name = "?" + std::string(query);
      add(plan, {});
      vary(plan, Place::Query);
    }
    for (std::size_t i = 1; i < row_.ask.bodies.size(); ++i) {
      Plan plan = plain;
      plan.body = &row_.ask.bodies[i];
      plan.name = "body " + std::to_string(i);
      add(plan, {});
      vary(plan, Place::Body);
    }
    for (const HeaderField& header : headers()) {
      Plan plan = plain;
      plan.header = &header;
      plan.name = std::string(header.name) + ": " + std::string(header.value);
      add(plan, {});
      vary(plan, Place::Header);
    }
    return std::move(made_);
  }

 private:
  Plan plainest() const {
    Plan plan;
    plan.path = row_.ask.path;
    if (!row_.ask.bodies.empty()) plan.body = &row_.ask.bodies.front();
    return plan;
  }

  // What every route of the format is asked with, and the row's own.
  std::vector<HeaderField>& headers() {
    if (!headers_.empty()) return headers_;
    headers_ = {
        {"Accept-Language", "en"}, {"If-None-Match", "*"}, {"If-Modified-Since", "Sun, 22 Nov 2026 00:00:00 GMT"}};
    if (row_.pattern.starts_with("/taxii2")) {
      headers_.push_back({"Accept", "application/taxii+json;version=2.1"});
      headers_.push_back({"Accept", "application/json"});
    } else {
      headers_.push_back({"Accept", "text/csv"});
      headers_.push_back({"Range", "bytes=0-10"});
    }
    headers_.insert(headers_.end(), row_.ask.headers.begin(), row_.ask.headers.end());
    return headers_;
  }

  const std::vector<Known>* known(std::string_view kind) const {
    const auto found = material_.known.find(kind);
    return found == material_.known.end() || found->second.empty() ? nullptr : &found->second;
  }

  // The viewer's own before what it may read; an absent one where there is nothing at all.
  Known base(std::string_view kind) const {
    const auto* things = known(bare(kind));
    if (things == nullptr) return {is_word(bare(kind)) ? std::string("word") : absent_id(bare(kind)), Standing::Absent};
    const auto of = [&](Standing standing) { return std::ranges::find(*things, standing, &Known::standing); };
    for (const Standing standing : {Standing::Own, Standing::Readable}) {
      if (const auto found = of(standing); found != things->end()) return *found;
    }
    return is_word(bare(kind)) ? things->front() : Known{absent_id(bare(kind)), Standing::Absent};
  }

  std::vector<Known> alternatives(const std::string& kind) const {
    std::vector<Known> all;
    if (const auto* things = known(kind)) all = *things;
    if (is_word(kind)) return all;
    all.push_back({absent_id(kind), Standing::Absent});
    all.push_back({"not-an-id", Standing::Malformed});
    for (const std::string_view other : {"report", "release", "org", "object"}) {
      const auto* things = known(other);
      if (other != kind && things != nullptr) all.push_back({things->front().id, Standing::OtherKind});
    }
    return all;
  }

  // Every id of every kind that `plan` names, one at a time; at all places, or at one.
  void vary(const Plan& plan, std::optional<Place> only = std::nullopt) {
    std::set<std::string> done;
    for (const auto& [place, text] : plan.texts()) {
      if (only && place != *only) continue;
      for (const Placeholder& placeholder : placeholders(text)) {
        const bool part_is_id = !placeholder.part.empty() && known(placeholder.part) != nullptr;
        if (part_is_id && done.insert(placeholder.kind + "." + placeholder.part).second)
          substitute(plan, placeholder.kind + "." + placeholder.part, placeholder.part);
        if (done.insert(placeholder.kind).second) substitute(plan, placeholder.kind, bare(placeholder.kind));
      }
    }
  }

  void substitute(const Plan& plan, const std::string& slot, const std::string& kind) {
    const std::string usual = base(kind).id;
    for (const Known& other : alternatives(kind)) {
      if (other.id == usual && slot.find('.') == std::string::npos) continue;
      add(plan, {{slot, other}});
    }
  }

  void add(const Plan& plan, const Choice& varied) {
    Choice choice = varied;
    Made made;
    made.name = std::string(method_text(row_.method)) + " " + std::string(row_.pattern);
    if (!plan.name.empty()) made.name += " " + plan.name;
    for (const auto& [slot, known] : varied) made.name += " " + slot + "=" + std::string(standing_text(known.standing));
    std::set<std::pair<Place, std::string>> noted;
    for (const auto& [place, text] : plan.texts()) {
      for (const Placeholder& placeholder : placeholders(text)) {
        const auto [chosen, fresh] = choice.emplace(placeholder.kind, Known{});
        if (fresh) chosen->second = base(placeholder.kind);
        if (is_word(bare(placeholder.kind)) || !noted.emplace(place, placeholder.kind).second) continue;
        made.uses.push_back({place, bare(placeholder.kind), chosen->second.standing, chosen->second.id});
      }
    }
    made.request = built(row_, plan, choice);
    made_.push_back(std::move(made));
  }

  const Row& row_;
  const Material& material_;
  std::vector<HeaderField> headers_;
  std::vector<Made> made_;
};

}  // namespace

std::string_view standing_text(Standing standing) {
  constexpr std::array<std::string_view, 6> kTexts{"own", "readable", "hidden", "absent", "malformed", "other kind"};
  return kTexts.at(static_cast<std::size_t>(standing));
}

bool Made::is_plain() const {
  return std::ranges::all_of(
      uses, [](const Use& use) { return use.standing == Standing::Own || use.standing == Standing::Readable; });
}

std::vector<Made> requests_for(const Row& row, const Material& material) { return Generator(row, material).all(); }

std::vector<std::string> kinds_of(std::span<const Row> rows) {
  std::set<std::string> kinds;
  const auto note = [&](std::string_view text) {
    for (const Placeholder& placeholder : placeholders(text)) kinds.insert(bare(placeholder.kind));
  };
  for (const Row& row : rows) {
    for (const std::string_view text : row.ask.path) note(text);
    for (const std::string_view text : row.ask.queries) note(text);
    for (const Body& body : row.ask.bodies) note(body.text);
    for (const HeaderField& header : row.ask.headers) note(header.value);
  }
  return {kinds.begin(), kinds.end()};
}

std::string absent_id(std::string_view kind) {
  if (kind == "notice") return "987654321";
  if (kind == "object" || kind == "indicator") return "indicator--5f0c5f0c-5f0c-4f0c-8f0c-5f0c5f0c5f0c";
  return "5f0c5f0c-5f0c-4f0c-8f0c-5f0c5f0c5f0c";
}

}  // namespace hinomi::tests::routes
