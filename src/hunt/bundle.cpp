#include "hunt/bundle.h"

#include <algorithm>
#include <map>

#include "base/json.h"
#include "base/text.h"
#include "hunt/stored_zip.h"

namespace hinomi {
namespace {

using hunting::ZipEntry;

constexpr std::string_view kManifestName = "manifest.json";
constexpr std::string_view kSignatureName = "manifest.sig";
constexpr std::size_t kMaxIndicatorLine = 16384;

struct ListedMember {
  std::string name;
  std::string sha256;
  std::int64_t size = 0;
};

struct Manifest {
  Bundle head;  // without members
  std::vector<ListedMember> members;
};

Error manifest_error(std::string_view what) {
  return invalid("bundle.manifest", "The bundle's manifest cannot be used: " + std::string(what) + ".",
                 "manifest.json");
}

// Canonical: keys sorted, no white space, members sorted by name, labels sorted.
std::string manifest_text(const Manifest& manifest) {
  JsonWriter writer;
  writer.begin_object()
      .member("created", to_rfc3339(manifest.head.created))
      .member("expires", to_rfc3339(manifest.head.expires))
      .member("issuer", manifest.head.issuer)
      .member("key_id", manifest.head.key_id);
  writer.key("labels").begin_array();
  for (const std::string& label : manifest.head.labels) writer.string(label);
  writer.end_array().key("members").begin_array();
  for (const ListedMember& member : manifest.members) {
    writer.begin_object()
        .member("name", member.name)
        .member("sha256", member.sha256)
        .member("size", member.size)
        .end_object();
  }
  return writer.end_array().member("schema", kBundlePurpose).end_object().take();
}

Result<ListedMember> read_listed_member(JsonView value) {
  const auto name = value.string_at("name"), digest = value.string_at("sha256");
  const auto size = value.integer_at("size");
  if (!name || !digest || !size) return manifest_error("a member has no name, size or SHA-256");
  return ListedMember{std::string(*name), std::string(*digest), *size};
}

Result<Manifest> read_manifest(std::string_view text) {
  auto parsed = parse_json(text, {std::size_t{1} << 20, 4});
  if (!parsed.ok()) return parsed.error().inside(kManifestName);
  const JsonView root = (*parsed)->root();
  const auto issuer = root.string_at("issuer"), key_id = root.string_at("key_id"), schema = root.string_at("schema");
  const auto created = root.string_at("created"), expires = root.string_at("expires");
  const auto labels = root.find("labels"), members = root.find("members");
  if (!issuer || !key_id || !created || !expires || !labels || !members) return manifest_error("a field is missing");
  if (schema != kBundlePurpose) return manifest_error("it is not of a kind that this version knows");
  Manifest manifest;
  manifest.head.issuer = *issuer;
  manifest.head.key_id = *key_id;
  TRY(manifest.head.created, parse_rfc3339(*created));
  TRY(manifest.head.expires, parse_rfc3339(*expires));
  for (const JsonView label : *labels) manifest.head.labels.emplace_back(label.string().value_or(""));
  for (const JsonView value : *members) {
    TRY(ListedMember member, read_listed_member(value));
    manifest.members.push_back(std::move(member));
  }
  if (manifest_text(manifest) != text) return manifest_error("it is not in canonical form");
  return manifest;
}

Status check_signature(const Manifest& manifest, const ZipEntry& signature, std::string_view text,
                       std::span<const PublicKey> trusted) {
  const auto key = std::find_if(trusted.begin(), trusted.end(),
                                [&](const PublicKey& known) { return key_id_of(known) == manifest.head.key_id; });
  if (key == trusted.end()) {
    return Error{ErrorKind::Forbidden, "bundle.untrusted_key",
                 "The bundle is signed with a key that is not trusted here. Ask the issuer for its public key.",
                 manifest.head.key_id};
  }
  Signature bytes{};
  if (signature.content.size() != bytes.size()) return invalid("bundle.signature", "The signature has a wrong length.");
  std::copy(signature.content.begin(), signature.content.end(), bytes.begin());
  if (!verify_signature(*key, kBundlePurpose, as_bytes(text), bytes)) {
    return invalid("bundle.signature", "The signature is wrong: the bundle was altered. Fetch it again.");
  }
  return {};
}

// Moves each listed member out of `entries`, in which nothing may remain.
Result<std::vector<BundleMember>> listed_members(const Manifest& manifest,
                                                 std::map<std::string, std::string_view> entries) {
  std::vector<BundleMember> members;
  for (const ListedMember& listed : manifest.members) {
    const auto found = entries.find(listed.name);
    if (found == entries.end()) {
      return invalid("bundle.member_missing", "A file named in the manifest is missing. Fetch the bundle again.",
                     listed.name);
    }
    const bool has_size = static_cast<std::int64_t>(found->second.size()) == listed.size;
    if (!has_size || to_hex(sha256(found->second)) != listed.sha256) {
      return invalid("bundle.member_altered", "A file differs from what was signed. Fetch the bundle again.",
                     listed.name);
    }
    members.push_back({listed.name, std::string(found->second)});
    entries.erase(found);
  }
  if (!entries.empty()) {
    return invalid("bundle.member_unlisted", "The bundle holds a file that was not signed.", entries.begin()->first);
  }
  return members;
}

}  // namespace

const BundleMember* Bundle::find(std::string_view name) const {
  const auto found =
      std::find_if(members.begin(), members.end(), [&](const auto& member) { return member.name == name; });
  return found == members.end() ? nullptr : &*found;
}

Result<Bytes> write_bundle(const Bundle& bundle, const SigningKey& key) {
  if (bundle.expires <= bundle.created) {
    return invalid("bundle.expiry", "A bundle must expire after it was made.", "expires");
  }
  Manifest manifest{bundle, {}};
  manifest.head.key_id = key.key_id();
  std::sort(manifest.head.labels.begin(), manifest.head.labels.end());
  for (const BundleMember& member : bundle.members) {
    manifest.members.push_back(
        {member.name, to_hex(sha256(member.content)), static_cast<std::int64_t>(member.content.size())});
  }
  std::sort(manifest.members.begin(), manifest.members.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  const std::string text = manifest_text(manifest);
  const Signature signature = key.sign(kBundlePurpose, as_bytes(text));
  std::vector<ZipEntry> entries{{std::string(kManifestName), text}, {std::string(kSignatureName), as_text(signature)}};
  for (const BundleMember& member : bundle.members) entries.push_back({member.name, member.content});
  return hunting::write_stored_zip(entries);
}

Result<Bundle> open_bundle(ByteView bytes, std::span<const PublicKey> trusted, Instant now) {
  TRY(const std::vector<ZipEntry> entries, hunting::read_stored_zip(bytes));
  if (entries.size() < 2 || entries[0].name != kManifestName || entries[1].name != kSignatureName) {
    return invalid("bundle.damaged", "The bundle does not begin with its manifest and signature. Fetch it again.");
  }
  const std::string_view text = entries[0].content;
  TRY(const Manifest manifest, read_manifest(text));
  TRY_OK(check_signature(manifest, entries[1], text, trusted));
  std::map<std::string, std::string_view> rest;
  for (std::size_t i = 2; i < entries.size(); ++i) rest.emplace(entries[i].name, entries[i].content);
  Bundle bundle = manifest.head;
  TRY(bundle.members, listed_members(manifest, std::move(rest)));
  if (now >= bundle.expires) {
    return invalid("bundle.expired", "The bundle expired on " + to_rfc3339(bundle.expires) + ". Fetch a new one.");
  }
  return bundle;
}

std::string indicators_jsonl(std::span<const PlanIndicator> indicators) {
  std::string text;
  for (const PlanIndicator& item : indicators) {
    JsonWriter writer;
    writer.begin_object()
        .member("id", item.id)
        .member("type", indicator_type_text(item.indicator.type))
        .member("value", item.indicator.value)
        .member("release", item.release)
        .member("label", item.label)
        .end_object();
    text += writer.text();
    text += '\n';
  }
  return text;
}

namespace {

Result<PlanIndicator> read_indicator_object(std::string_view line) {
  TRY(const auto document, parse_json(line, {kMaxIndicatorLine, 2}));
  const JsonView root = document->root();
  const auto id = root.string_at("id"), type = root.string_at("type"), value = root.string_at("value");
  const auto release = root.string_at("release"), label = root.string_at("label");
  if (!id || !type || !value || !release || !label) {
    return invalid("bundle.indicator", "An indicator has id, type, value, release and label.");
  }
  TRY(const IndicatorType known, parse_indicator_type(*type));
  TRY(Indicator indicator, make_indicator(known, *value));
  return PlanIndicator{std::move(indicator), std::string(*id), std::string(*release), std::string(*label)};
}

}  // namespace

Result<std::vector<PlanIndicator>> read_indicators_jsonl(std::string_view text) {
  std::vector<PlanIndicator> indicators;
  std::size_t number = 0;
  for (std::size_t at = 0; at < text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    auto item = read_indicator_object(text.substr(at, end - at));
    if (!item.ok()) {
      const std::string place = std::string(kIndicatorsMember) + ":" + std::to_string(number + 1);
      return invalid("bundle.indicator", item.error().detail, place);
    }
    indicators.push_back(std::move(*item));
    at = end + 1;
  }
  return indicators;
}

}  // namespace hinomi
