// Who of the members fits what a text says. One count for an outsider, one for each reader, who knows it was not
// itself, and one for readers who pool what they know. Immutable after creation; safe on any thread.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <vector>

#include "anonymity/gazetteer.h"
#include "anonymity/policy.h"
#include "anonymity/span.h"
#include "model/organisation.h"

namespace hinomi::anonymity {

enum class Watcher { Outsider, Reader, ColludingReaders };
std::string_view watcher_text(Watcher watcher);

struct AudienceCount {
  Watcher watcher = Watcher::Outsider;
  OrgId reader;             // of Reader only
  std::size_t members = 0;  // who still could be the reporter, in this watcher's eyes
  bool operator==(const AudienceCount&) const = default;
};

struct Count {
  std::size_t population = 0;  // members of the reporter's kind
  std::size_t fitting = 0;     // for an outsider
  std::size_t smallest = 0;    // the least over all audiences; 1 when the statements join with public outage lists
  std::size_t required = 0;
  bool joinable = false;  // a day and an exact outage quantity together: public outage lists name the place
  [[nodiscard]] bool enough() const { return smallest >= required; }
};

class Population {
 public:
  // Members of the reporter's kind are the candidates. Readers that are not among them subtract nobody; the reporter is
  // never its own reader; without `readers` every candidate reads.
  Population(const Gazetteer& gazetteer, std::span<const Organisation> registry, const Organisation& reporter,
             std::span<const OrgId> readers);

  [[nodiscard]] std::size_t size() const { return members_.size(); }
  // What the registry does not say about a member is taken as not fitting, and what it cannot count as pointing at the
  // reporter alone: never more members than an outsider would find.
  [[nodiscard]] bool fits(std::size_t member, const Statement& statement) const;
  [[nodiscard]] Count count(const std::set<Statement>& statements, const AnonymityPolicy& policy) const;
  [[nodiscard]] std::vector<AudienceCount> audiences(const std::set<Statement>& statements,
                                                     const AnonymityPolicy& policy) const;

 private:
  struct Member {
    OrgId id;
    std::set<std::string> licenses, areas, prefectures, frequencies, plants, products;
    std::set<int> voltages;
    bool reader = false;
    bool reporter = false;
  };
  [[nodiscard]] Member member_of(const Gazetteer& gazetteer, const Organisation& organisation) const;
  [[nodiscard]] std::vector<bool> fitting(const std::set<Statement>& statements) const;
  [[nodiscard]] bool fits_prefecture(const Member& member, const std::string& prefecture) const;

  std::vector<Member> members_;
  std::map<std::string, std::string> area_of_prefecture_;
};

}  // namespace hinomi::anonymity
