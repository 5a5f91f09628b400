#include "formats/cbor.h"

#include <algorithm>

#include "base/text.h"

namespace hinomi {
namespace {

enum Major : std::uint8_t { kUnsigned, kNegative, kBytes, kText, kArray, kMap, kTag, kSimple };

Error malformed(std::string detail) { return invalid("cbor.malformed", std::move(detail)); }

class Reader {
 public:
  Reader(ByteView bytes, const CborLimits& limits) : bytes_(bytes), limits_(limits) {}

  // Recursion is bounded by limits.max_depth.
  Result<CborValue> value(unsigned depth) {
    if (depth > limits_.max_depth) return too_large("cbor.too_large", "Nested too deeply.");
    if (++items_ > limits_.max_items) return too_large("cbor.too_large", "Too many items.");
    TRY(const Head head, this->head());
    switch (head.major) {
      case kUnsigned:
      case kNegative: return integer(head);
      case kBytes:
      case kText: return string(head);
      case kArray:
      case kMap: return collection(head, depth);
      case kSimple: return simple(head);
      default: return malformed("Tags have no place here.");
    }
  }

  [[nodiscard]] std::size_t position() const { return at_; }

 private:
  struct Head {
    Major major = kUnsigned;
    std::uint8_t information = 0;
    std::uint64_t argument = 0;
  };

  Result<Head> head() {
    if (at_ >= bytes_.size()) return malformed("It ends too early.");
    const std::uint8_t first = bytes_[at_++];
    Head head{static_cast<Major>(first >> 5U), static_cast<std::uint8_t>(first & 0x1FU), first & 0x1FU};
    if (head.information < 24) return head;
    if (head.information > 27) return malformed("Indefinite and reserved lengths have no place here.");
    const std::size_t length = std::size_t{1} << (head.information - 24U);
    if (bytes_.size() - at_ < length) return malformed("It ends too early.");
    head.argument = 0;
    for (std::size_t i = 0; i < length; ++i) head.argument = head.argument << 8U | bytes_[at_++];
    constexpr std::uint64_t kSmallest[] = {24, 0x100, 0x10000, 0x100000000};
    if (head.argument < kSmallest[head.information - 24U]) return malformed("A number is not in its shortest form.");
    return head;
  }

  static Result<CborValue> integer(const Head& head) {
    if (head.argument > static_cast<std::uint64_t>(INT64_MAX)) return malformed("A number is out of range.");
    CborValue value;
    value.kind = CborValue::Kind::Integer;
    value.integer = static_cast<std::int64_t>(head.argument);
    if (head.major == kNegative) value.integer = -1 - value.integer;
    return value;
  }

  Result<CborValue> string(const Head& head) {
    if (head.argument > bytes_.size() - at_) return malformed("A string is longer than what is there.");
    const ByteView content = bytes_.subspan(at_, static_cast<std::size_t>(head.argument));
    at_ += content.size();
    CborValue value;
    if (head.major == kBytes) {
      value.kind = CborValue::Kind::Bytes;
      value.bytes.assign(content.begin(), content.end());
      return value;
    }
    value.kind = CborValue::Kind::Text;
    value.text = as_text(content);
    if (!is_utf8(value.text)) return malformed("A text is not UTF-8.");
    return value;
  }

  Result<CborValue> collection(const Head& head, unsigned depth) {
    // Each element takes a byte at least.
    if (head.argument > bytes_.size() - at_) return malformed("A list is longer than what is there.");
    CborValue value;
    value.kind = head.major == kMap ? CborValue::Kind::Map : CborValue::Kind::Array;
    const std::size_t count = static_cast<std::size_t>(head.argument) * (head.major == kMap ? 2 : 1);
    for (std::size_t i = 0; i < count; ++i) {
      TRY(CborValue item, this->value(depth + 1));
      const bool is_key = head.major == kMap && i % 2 == 0;
      if (is_key) TRY_OK(check_key(value, item));
      value.items.push_back(std::move(item));
    }
    return value;
  }

  static Status check_key(const CborValue& map, const CborValue& key) {
    if (key.kind != CborValue::Kind::Integer && key.kind != CborValue::Kind::Text)
      return malformed("A key is a number or a text.");
    const bool twice =
        key.kind == CborValue::Kind::Text ? map.find(key.text) != nullptr : map.find(key.integer) != nullptr;
    if (twice) return malformed("A key stands twice.");
    return {};
  }

  static Result<CborValue> simple(const Head& head) {
    CborValue value;
    if (head.information == 22) return value;
    if (head.information != 20 && head.information != 21) return malformed("Floats have no place here.");
    value.kind = CborValue::Kind::Boolean;
    value.integer = head.information == 21 ? 1 : 0;
    return value;
  }

  ByteView bytes_;
  CborLimits limits_;
  std::size_t at_ = 0;
  std::size_t items_ = 0;
};

}  // namespace

const CborValue* CborValue::find(std::string_view key) const {
  if (kind != Kind::Map) return nullptr;
  for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
    if (items[i].kind == Kind::Text && items[i].text == key) return &items[i + 1];
  }
  return nullptr;
}

const CborValue* CborValue::find(std::int64_t key) const {
  if (kind != Kind::Map) return nullptr;
  for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
    if (items[i].kind == Kind::Integer && items[i].integer == key) return &items[i + 1];
  }
  return nullptr;
}

Result<CborRead> read_cbor(ByteView bytes, const CborLimits& limits) {
  if (bytes.size() > limits.max_bytes) return too_large("cbor.too_large", "Larger than it may be.");
  Reader reader(bytes, limits);
  TRY(CborValue value, reader.value(1));
  return CborRead{std::move(value), reader.position()};
}

}  // namespace hinomi
