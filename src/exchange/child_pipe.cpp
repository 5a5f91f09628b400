#include "exchange/child_pipe.h"

#include <unistd.h>

#include <cerrno>
#include <cstdint>

namespace hinomi::exchange {

std::string length_text(std::size_t length) {
  std::string text;
  for (std::size_t i = 0; i < kLengthBytes; ++i) text += static_cast<char>((length >> (8 * i)) & 0xFF);
  return text;
}

std::size_t length_of(std::string_view text) {
  std::size_t length = 0;
  for (std::size_t i = 0; i < kLengthBytes; ++i) length |= std::size_t{static_cast<std::uint8_t>(text[i])} << (8 * i);
  return length;
}

bool receive_all(std::string& into) {
  for (std::size_t have = 0; have < into.size();) {
    const ssize_t got = read(0, into.data() + have, into.size() - have);
    if (got <= 0 && !(got < 0 && errno == EINTR)) return false;
    have += got > 0 ? static_cast<std::size_t>(got) : 0;
  }
  return true;
}

bool receive_text(std::string& into) {
  std::string length(kLengthBytes, '\0');
  if (!receive_all(length)) return false;
  into.resize(length_of(length));
  return receive_all(into);
}

bool send_all(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(1, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) return false;
    bytes.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
  }
  return true;
}

}  // namespace hinomi::exchange
