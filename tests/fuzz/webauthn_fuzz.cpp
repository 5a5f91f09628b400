// formats/webauthn and formats/cbor: what is accepted stays within its bounds and reads back the same; the verifier
// takes nothing that no key signed.
#include <cstdint>
#include <cstdlib>

#include "formats/cbor.h"
#include "formats/webauthn.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

// Depth is bounded by CborLimits::max_depth.
std::size_t count(const hinomi::CborValue& value) {
  std::size_t items = 1;
  for (const hinomi::CborValue& item : value.items) items += count(item);
  return items;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const hinomi::ByteView input(bytes, size);
  if (const auto read = hinomi::read_cbor(input); read.ok()) {
    require(read->length <= size && count(read->value) <= hinomi::CborLimits{}.max_items);
    const auto again = hinomi::read_cbor(input.first(read->length));
    require(again.ok() && again->value == read->value && again->length == read->length);
  }
  const hinomi::PasskeyExpectation asked{hinomi::Bytes(32, 7), "https://isac.example", "isac.example"};
  constexpr std::string_view kClientData =
      R"({"type":"webauthn.create","challenge":"BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc","origin":"https://isac.example"})";
  const hinomi::ByteView client_data = hinomi::as_bytes(kClientData);
  const auto made = hinomi::verify_registration(
      {hinomi::Bytes(client_data.begin(), client_data.end()), hinomi::Bytes(input.begin(), input.end())}, asked);
  if (!made.ok()) return 0;
  require(!made->credential.empty() && made->credential.size() <= 1023);
  require(!hinomi::verify_assertion({hinomi::Bytes(client_data.begin(), client_data.end()), {}, {}}, asked,
                                    made->public_key)
               .ok());
  return 0;
}
