// Makes the deeds of a plan: one function for each kind of thing, in deeds_*.cpp. Internal to make_plan.
#pragma once

#include <functional>
#include <optional>
#include <span>

#include "worlds/plan.h"

namespace hinomi::tests::worlds {

class PlanMaker {
 public:
  PlanMaker(Plan& plan, Random& random);

  // One more deed of a random kind.
  void add_any();
  // A few deeds that belong together: what random ones bring about once in many worlds, made on purpose. The kinds of
  // situations take turns by `turn`.
  void make_situation(std::uint64_t turn);
  // What of it happens last, while the viewer's session is open.
  void finish_situation();
  // Pointers to what the platform must not hold.
  void post_pointers();
  // A proposal that a release shall have fewer readers: whom it leaves, by whom, and whether it ends by the clock.
  struct Narrowing {
    enum class Embargo { None, Ends, Stays };
    Label by;
    Embargo embargo = Embargo::None;
    PersonId first, second;
  };
  // What is typed and not sent.
  void keep_drafts();
  // From here on labels are drawn from few, half of which the viewer may read, and neither people nor collections are
  // added.
  void keep_to_few_labels();

 private:
  struct Kind {
    std::uint32_t weight;
    void (PlanMaker::*make)();
  };
  static std::span<const Kind> kinds();

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
    Label release_label, other_release_label;  // in either wording
    PersonId first, second;                    // who approve
  };
  struct OutRelease {
    std::size_t deed;
    OpenReview review;
    bool is_withdrawn = false;  // nothing is published about it any more
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
    int version;
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
  void propose_change();
  void lend_role();
  void confirm_clearance();
  void invite();
  void relabel_release();

  // A collection that the viewer writes to and in which others keep what is hidden.
  void share_collection();
  // A release that the viewer reads, with a hidden report behind it, and what others did about it.
  void surround_release();
  // What the viewer reads has values in common with what they do not.
  void share_values();
  // Reports under labels that let the viewer in but for one part.
  void stand_just_outside();
  // Hidden additions to what the viewer reads, and writes of others that could be the viewer's own.
  void add_to_visible();
  // What is decided about others' people, while the viewer decides about the own.
  void decide_about_people();
  // Releases get fewer readers and embargoes, and go on under them.
  void change_readers();

  struct Batch {
    ObjectPlace place;
    PersonId writer;
    Label label, changed;  // in either wording
    int version;
    std::uint32_t count;
    std::optional<StoredObjects> same_as;
  };
  struct Filing {
    PersonId author, other;  // in either wording
    Label label, changed;
    ShareScope scope;
    bool by_flow;
    std::string also{};  // a value that it has besides those that are drawn
  };
  std::size_t new_review(const FiledReport& report, const std::optional<Label>& apart);
  std::size_t read_around(const PersonId& person);
  enum class Amendment { Correction, Withdrawal };
  std::size_t new_report(const Filing& filing);
  void amend(FiledReport& report, const Label& label);
  // The newest version is handed in to an authority.
  std::size_t hand_in(const FiledReport& report);
  void amend(const OutRelease& out, Amendment what, bool to_the_end);
  std::size_t acknowledge(const OutRelease& out, const PersonId& reader);
  std::size_t write_with_key(const PersonId& person);
  OpenCase new_case(const Label& label);
  std::size_t add_to_case(const OpenCase& open, const Label& label);
  ObjectPlace new_collection(const Label& readers, const Label& writers);
  std::size_t put_objects(const Batch& batch);
  OutRelease publish(const FiledReport& report, const Label& label, const Label& changed);
  [[nodiscard]] Label label_of_desk_and(const OrgId& org, Tlp tlp) const;
  std::optional<Narrowing> narrowing_of(const OpenReview& review, Narrowing narrowing);
  std::size_t propose_relabelling(const OutRelease& out, const Narrowing& narrowing);
  std::size_t carry_out(OutRelease& out, std::size_t proposal, const Narrowing& narrowing);
  std::size_t end_embargo(OutRelease& out, const std::vector<std::size_t>& meanwhile);
  std::vector<std::size_t> relabel(OutRelease& out, Narrowing wish, bool to_the_end);
  // The deed, when anybody who reads the label is able to.
  std::optional<std::size_t> post_pointer(const Label& label);
  void keep_draft(const PersonId& author);
  // The deed, when anybody is able to sight it.
  std::optional<std::size_t> sight(const OutRelease& out);

  std::size_t add(Deed deed);
  [[nodiscard]] Label any_label();
  [[nodiscard]] Label label_in_sight();
  [[nodiscard]] Label label_out_of_sight();
  [[nodiscard]] Label label_shared_with_others();
  [[nodiscard]] Label label_only_of_others();
  // Readers of the label of whose reading the viewer does not learn.
  [[nodiscard]] std::vector<PersonId> unwatched_readers(const Label& label) const;
  [[nodiscard]] Filing filing_of_stranger(const PersonId& author, const PersonId& other);
  // Those of organisations other than the viewer's.
  [[nodiscard]] std::vector<PersonId> strangers_among(std::vector<PersonId> people) const;
  [[nodiscard]] Label in_collection(const ObjectPlace& place, const Label& label) const;
  // The other wording of a label: another one that is as hidden from the viewer as this one, or the same.
  [[nodiscard]] Label other_label(const Label& label);
  [[nodiscard]] std::vector<PersonId> reporters() const;
  // Neither the viewer's own nor of the secretariat; the silent too.
  [[nodiscard]] std::vector<PersonId> people_of_others() const;
  [[nodiscard]] std::set<PersonId> with_secretariat(const OrgId& org) const;
  [[nodiscard]] std::vector<PersonId> readers_of(const Label& label) const;
  [[nodiscard]] bool is_seen(const Label& label) const;
  // Now and then one of the viewer's own organisation: what is theirs is where others' things could show through.
  [[nodiscard]] PersonId some_reporter();
  [[nodiscard]] const FiledReport& some_report();

  Plan& plan_;
  const Cast& cast_;
  Random& random_;
  std::vector<std::uint32_t> weights_;          // of the kinds, in this plan
  std::vector<Label> in_sight_, out_of_sight_;  // the few labels; empty while any will do
  std::vector<FiledReport> reports_;
  std::vector<OpenReview> reviews_;
  std::vector<OutRelease> releases_;
  std::vector<ObjectPlace> places_;
  std::vector<StoredObjects> objects_;
  std::vector<OpenCase> cases_;
  std::function<void()> finish_;
};

std::string text_of(const Person& person);  // for names of deeds
std::string text_of(const Label& label);

}  // namespace hinomi::tests::worlds
