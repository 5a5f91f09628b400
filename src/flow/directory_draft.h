// From what somebody typed or uploaded to a change of the directory: rows of named texts are resolved against the
// directory as far as the person may know it, and every row that cannot be taken is told with its number. Pure but for
// the ids it draws.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/random.h"
#include "model/directory_change.h"
#include "policy/principal.h"

namespace hinomi::flow {

enum class Sheet { Organisations, People, Licences, DutyDesks, Groups, Delegations };

// A field that is absent or empty stays as it is; "-" empties it. Lists are separated by ; 、 or line ends.
struct DirectoryRow {
  Sheet sheet = Sheet::People;
  std::size_t number = 0;  // in its file, the heading being 1; or the place in the JSON list
  std::map<std::string, std::string, std::less<>> fields;
  std::string list{};  // the name of its sheet, where a file has several
};

struct RowProblem {
  std::size_t row = 0;
  std::string field;
  std::string code;  // with a text error.<code>.what|why|do
  std::string detail;
  std::string list{};  // of the row
};

// Whether the lists of people are whole: who is missing from a list of their organisation has left (異動・退職).
enum class Completeness { Partial, Whole };

struct DirectoryDraft {
  DirectoryChange change;
  std::vector<RowProblem> problems;
  std::size_t unchanged = 0;  // rows that say what stands already
  std::vector<PersonId> left;
};

// As somebody signs in: folded, 1 to 100 bytes without spaces. Invalid "directory.login".
Result<std::string> canonical_login(const std::string& text);

// What an administrator of an organisation may not know of (others' people, groups of others) is not there for them.
DirectoryDraft draft_change(const Directory& directory, const policy::Principal& actor,
                            const std::vector<DirectoryRow>& rows, Completeness completeness, Random& random);

}  // namespace hinomi::flow
