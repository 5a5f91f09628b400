// Counts instructions with leaks planted: those that differ in the work only are found by this. Run by instructions.py
// as worlds_instructions is; with none first, then each leak of channel "39 (work)" is turned on in turn, and the dumps
// bear its name.
#include <iostream>

#include "planted/planted.h"
#include "worlds/counted.h"

namespace {

using namespace hinomi;
using namespace hinomi::tests::worlds;

void count(const std::string& folder) {
  const Plan plan = make_counted_plan();
  std::vector<RequestKind> kinds = read_kinds(folder);
  std::erase_if(kinds, [](const RequestKind& kind) { return kind.name.find("=hidden") != std::string::npos; });
  const auto few = open_counted_world(plan, folder, Crowd::Few);
  const auto many = open_counted_world(plan, folder, Crowd::Many);
  count_requests(*few, kinds, "few:off");
  count_requests(*many, kinds, "many:off");
  for (const planted::Leak& leak : planted::leaks()) {
    if (leak.channel != "39 (work)") continue;
    std::cout << leak.name << std::endl;
    planted::turn_on(leak.name);
    count_requests(*few, kinds, "few:" + std::string(leak.name));
    count_requests(*many, kinds, "many:" + std::string(leak.name));
  }
}

}  // namespace

int main(int count_of_arguments, char** arguments) {
  const std::string_view mode = count_of_arguments == 3 ? arguments[1] : "";
  if (mode == "--fill") {
    fill_counted_worlds(arguments[2]);
  } else if (mode == "--count") {
    count(arguments[2]);
  } else {
    std::cerr << "worlds_work is run by tests/worlds/instructions.py\n";
    return 2;
  }
  return 0;
}
