// Roles in which a test program runs itself again as a child: what a hostile parser would try, for example. A test file
// names them at file level:  const testing::ChildRole kLoop("hostile-loop", [] { for (;;) {} return 0; });
#pragma once

#include <functional>
#include <map>
#include <string>

namespace hinomi::testing {

inline std::map<std::string, std::function<int()>>& child_roles() {
  static std::map<std::string, std::function<int()>> roles;
  return roles;
}

struct ChildRole {
  ChildRole(const std::string& name, std::function<int()> run) { child_roles().emplace(name, std::move(run)); }
};

// The exit code of the role; 127 when this program has none of that name.
inline int run_child_role(const std::string& name) {
  const auto found = child_roles().find(name);
  return found == child_roles().end() ? 127 : found->second();
}

}  // namespace hinomi::testing
