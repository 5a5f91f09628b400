// The child's end of its two pipes: reads descriptor 0, writes descriptor 1, in frames with a 32-bit little-endian
// length. Internal to exchange; one thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hinomi::exchange {

inline constexpr std::size_t kLengthBytes = 4;
std::string length_text(std::size_t length);
std::size_t length_of(std::string_view text);  // of kLengthBytes bytes

// Exactly as much as the text is long. False at the end of the input, also in the middle: the parent has gone then, and
// there is nobody to tell.
bool receive_all(std::string& into);
// A length and as many bytes.
bool receive_text(std::string& into);
bool send_all(std::string_view bytes);

}  // namespace hinomi::exchange
