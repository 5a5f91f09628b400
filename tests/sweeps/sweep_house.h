// A house in which every kind of thing exists twice: once for the viewer and once out of sight. The sweeps make their
// requests from the generator rows (tests/routes) and from what is here.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "contract/house.h"
#include "routes/nonces.h"
#include "routes/requests.h"
#include "support/database_watch.h"

namespace hinomi::tests {

// Tables that a request may change without doing anything: what is kept about asking itself.
inline const std::set<std::string> kKeptAboutAsking{"read_mark", "sign_in_attempt", "known_source"};

class SweepHouse : public House {
 protected:
  SweepHouse();

  // What there is for this account: its own and readable things first, then those it must not know of.
  routes::Material material_for(std::string_view who) const;
  // The accounts a sweep goes through: each sees another part of the sector.
  static const std::vector<std::string_view>& viewers();

  HttpResponse answer(std::string_view who, HttpRequest request) const;
  static bool is_done(const HttpResponse& response) { return response.status >= 200 && response.status < 400; }

  const std::vector<routes::Row> rows_ = routes::all_rows();
  std::unique_ptr<testing_support::DatabaseWatch> watch_;

 private:
  struct Thing {
    std::string kind;
    routes::Known known;
    std::set<std::string, std::less<>> readers;  // accounts; empty: everybody
  };
  void add(std::string kind, std::string id, std::set<std::string, std::less<>> readers,
           std::map<std::string, std::string, std::less<>> parts = {});
  void make_reports();
  // What somebody knows who has read the first form that the report asks for.
  std::map<std::string, std::string, std::less<>> parts_of_form(std::string_view who, const std::string& report);
  // Records that this form was handed in; the id of the record.
  std::string handed_in(std::string_view who, const std::string& report);
  void make_drafts();  // of everybody who may report
  void make_release();
  // Of member A's, of member B's and of the secretariat's; and proposals about the readers of two releases.
  void make_pointers();
  void make_relabelling(const std::string& release);
  void make_objects();
  void make_cases();
  void make_notices();
  void make_sessions();
  [[nodiscard]] std::set<std::string, std::less<>> accounts_of(std::initializer_list<std::string_view> prefixes) const;

  std::vector<Thing> things_;
};

}  // namespace hinomi::tests
