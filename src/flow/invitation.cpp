#include "flow/invitation.h"

#include "base/text.h"

namespace hinomi::flow {

std::string canonical_code(std::string_view typed) {
  std::string code;
  for (const char c : nfkc(typed)) {
    if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')) code += c;
    if (c >= 'a' && c <= 'z') code += static_cast<char>(c - 'a' + 'A');
  }
  return code;
}

NewInvitation make_invitation(const Platform& platform, const PersonId& person) {
  std::string code = platform.random.speakable(5);
  for (int part = 0; part < 3; ++part) code += "-" + platform.random.speakable(5);
  store::Invitation kept{person, sha256(canonical_code(code)), platform.clock.now() + kInvitationStands};
  return {{person, SecretText(std::move(code))}, std::move(kept)};
}

}  // namespace hinomi::flow
