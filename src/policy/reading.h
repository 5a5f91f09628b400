// The one place that decides who may read. Everything readable carries a label; a Reach is the proof, made only here,
// of which labels one person may read at one policy epoch. The store gives nothing to code that has no Reach.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "model/label.h"
#include "policy/principal.h"
#include "policy/read_trail.h"

namespace hinomi::policy {

// Number of an interned label: one per distinct label, given by the store.
struct LabelId {
  std::int64_t value = 0;
  auto operator<=>(const LabelId&) const = default;
};

struct LabelEntry {
  LabelId id;
  Label label;
};

// The only rule of reading: the session has the scope Read, and the label admits the person.
bool may_read(const Principal& principal, const Label& label);

// The second half of it, whatever the session may be used for. Deny by default; in words:
//  1. clearance-required content needs a cleared person; every compartment of the label must be the person's too;
//  2. 総合整理分析情報 stays with the authorities of the Act (Ministry, Nco; no regional bureau), 提供用 adds the
//  secretariat and operators (Act No. 42, DOMAIN-JAPAN §3.3);
//  3. while an embargo stands, only the secretariat's people in the audience read;
//  4. nothing stricter than the person's own ceiling;
//  5. RED (TLP 2.0: named recipients only) needs the person to be named in every set of the audience;
//  6. otherwise every set must admit the person: by name, by organisation, or through a group whose ceiling covers the
//  TLP;
//  7. an audience of everyone admits for CLEAR and GREEN only; a set without members admits nobody.
bool admits(const Principal& principal, const Label& label);

class Reach {
 public:
  [[nodiscard]] bool covers(LabelId id) const;
  [[nodiscard]] const std::vector<LabelId>& labels() const { return labels_; }  // ascending
  [[nodiscard]] const PersonId& person() const { return person_; }
  [[nodiscard]] std::uint64_t epoch() const { return epoch_; }
  // The greatest id among the labels it was made from, readable or not: nothing is decided about later ones.
  [[nodiscard]] LabelId newest_known_label() const { return newest_known_label_; }
  // Where the store notes what it reads under this reach; recorded before the answer leaves (flow/read_record.h).
  [[nodiscard]] ReadTrail& trail() const { return *trail_; }
  // For a reach made anew within one request: notes go on in the trail of the earlier one.
  void continue_trail_of(const Reach& earlier) { trail_ = earlier.trail_; }

 private:
  friend Reach reach_of(const Principal& principal, std::span<const LabelEntry> labels);
  friend class ReachBook;
  Reach(std::vector<LabelId> labels, LabelId newest_known_label, const Principal& principal)
      : labels_(std::move(labels)),
        newest_known_label_(newest_known_label),
        person_(principal.person),
        epoch_(principal.epoch) {}
  std::vector<LabelId> labels_;
  LabelId newest_known_label_;
  PersonId person_;
  std::uint64_t epoch_;
  std::shared_ptr<ReadTrail> trail_ = std::make_shared<ReadTrail>();
};

// Asks may_read once per distinct label. A ReachBook (reach_book.h) remembers the answers.
Reach reach_of(const Principal& principal, std::span<const LabelEntry> labels);

}  // namespace hinomi::policy
