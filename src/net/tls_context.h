// TLS for accepted connections: OpenSSL straight on the socket, TLS 1.2 and 1.3, tickets, no renegotiation.
// A context is immutable; connections made from it stay valid after it is gone. Any thread.
#pragma once

#include <memory>

#include "base/result.h"
#include "net/http_server.h"
#include "net/transport.h"

namespace hinomi {

class TlsContext {
 public:
  // Invalid "net.tls_files" when a file cannot be read, is not PEM, or the key is not the certificate's.
  static Result<std::shared_ptr<const TlsContext>> create(const TlsFiles& files);
  virtual ~TlsContext() = default;
  // Nothing when memory ran out.
  [[nodiscard]] virtual std::unique_ptr<Transport> serve(int descriptor) const = 0;
};

}  // namespace hinomi
