// Makes the deeds of a plan: one function for each kind of thing, in deeds_*.cpp. Internal to make_plan.
#pragma once

#include <functional>
#include <optional>

#include "worlds/plan.h"

namespace hinomi::tests::worlds {

class PlanMaker {
 public:
  PlanMaker(Plan& plan, Random& random) : plan_(plan), cast_(plan.cast), random_(random) {}

  // One more deed of a random kind.
  void add_any();

 private:
  // What later deeds may build on.
  struct FiledReport {
    std::size_t deed;
    OrgId org, other_org;
    PersonId author, other_author;
    std::vector<Label> labels;  // of every version, in both wordings
    bool by_flow;
    std::vector<std::size_t> versions{};  // the deeds that added one
  };
  struct OpenReview {
    std::size_t deed;
    FiledReport report;
    Label release_label;
    PersonId first, second;  // who approve
  };
  struct OutRelease {
    std::size_t deed;
    OpenReview review;
  };
  struct ObjectPlace {
    std::optional<std::size_t> deed;  // none for the collection of collected objects
    CollectionId id;
    Label readers, writers;
  };
  struct StoredObjects {
    std::size_t deed;
    ObjectPlace place;
    Label label;
  };
  struct OpenCase {
    std::size_t deed;
    Label label;
  };

  void file_report();
  void amend_report();
  void review_report();
  void publish();
  void amend_release();
  void acknowledge();
  void sight();
  void open_collection();
  void add_objects();
  void delete_objects();
  void collect_items();
  void add_to_case();
  void import_file();
  void sign_in();
  void read_around();
  void write_with_key();
  void change_directory();

  std::size_t add(Deed deed);
  [[nodiscard]] Label any_label() { return random_label(random_, cast_, plan_.viewer); }
  // The other wording of a label: another one that is as hidden from the viewer as this one, or the same.
  [[nodiscard]] Label other_label(const Label& label);
  [[nodiscard]] std::vector<PersonId> reporters() const;
  [[nodiscard]] std::vector<PersonId> readers_of(const Label& label) const;

  Plan& plan_;
  const Cast& cast_;
  Random& random_;
  std::vector<FiledReport> reports_;
  std::vector<OpenReview> reviews_;
  std::vector<OutRelease> releases_;
  std::vector<ObjectPlace> places_;
  std::vector<StoredObjects> objects_;
  std::vector<OpenCase> cases_;
};

std::string text_of(const Person& person);  // for names of deeds
std::string text_of(const Label& label);

}  // namespace hinomi::tests::worlds
