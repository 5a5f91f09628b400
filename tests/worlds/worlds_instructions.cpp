// What answers cost must not tell how much is hidden (RELIABILITY §4 no. 39). Run by instructions.py, first as
// `--fill FOLDER`, then under callgrind as `--count FOLDER`: asks a fixed set of request kinds in three worlds that
// differ in hidden rows only, and dumps the instructions of each request under the name of its world and kind. Says the
// names of the kinds on standard output.
#include <iostream>

#include "worlds/counted.h"

namespace {

using namespace hinomi::tests::worlds;

void count(const std::string& folder) {
  const Plan plan = make_counted_plan();
  const std::vector<RequestKind> kinds = read_kinds(folder);
  for (const RequestKind& kind : kinds) std::cout << kind.name << "\n";
  std::cout.flush();
  for (const Crowd crowd : {Crowd::Few, Crowd::Many, Crowd::Others})
    count_requests(*open_counted_world(plan, folder, crowd), kinds, std::string(crowd_text(crowd)));
}

}  // namespace

int main(int count_of_arguments, char** arguments) {
  const std::string_view mode = count_of_arguments == 3 ? arguments[1] : "";
  if (mode == "--fill") {
    fill_counted_worlds(arguments[2]);
  } else if (mode == "--count") {
    count(arguments[2]);
  } else {
    std::cerr << "worlds_instructions is run by tests/worlds/instructions.py\n";
    return 2;
  }
  return 0;
}
