// Bytes over one connected socket, in the clear or under TLS, never blocking. The caller waits for what an outcome asks
// and then repeats the same call. Does not own the descriptor. One thread at a time.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace hinomi {

struct IoOutcome {
  enum class Kind { Moved, WaitReadable, WaitWritable, End, Broken };
  Kind kind = Kind::Broken;
  std::size_t bytes = 0;  // with Moved
};

class Transport {
 public:
  virtual ~Transport() = default;
  // Moved (0 bytes) when the connection is ready for read and write.
  virtual IoOutcome handshake() = 0;
  virtual IoOutcome read(std::span<char> into) = 0;
  // At most kMaxPieces pieces, none empty. After a wait the same bytes must come first again.
  virtual IoOutcome write(std::span<const std::string_view> pieces) = 0;
  // Bytes already taken off the socket that read() would give without waiting.
  [[nodiscard]] virtual bool has_buffered() const = 0;
  // SHA-256 of the certificate that the peer has shown, after the handshake.
  [[nodiscard]] virtual std::optional<std::array<std::uint8_t, 32>> peer_certificate() const { return std::nullopt; }
  // Tells the peer that nothing more will be sent; best effort.
  virtual void end_output() = 0;

  static constexpr std::size_t kMaxPieces = 16;
};

std::unique_ptr<Transport> make_plain_transport(int descriptor);

}  // namespace hinomi
