#include "store/sqlite/labels.h"

namespace hinomi::store::sqlite {
namespace {

constexpr Statement kLabelText{"label_text", "SELECT canonical_text FROM label WHERE id = ?1"};
constexpr Statement kStanding{"standing", "SELECT label_id FROM standing WHERE kind = ?1 AND subject = ?2"};
constexpr Statement kAddStanding{"add_standing",
                                 "INSERT INTO standing (kind, subject, label_id) VALUES (?1, ?2, ?3) "
                                 "ON CONFLICT DO NOTHING"};

constexpr Statement kLabels{"labels", "SELECT id, canonical_text FROM label ORDER BY id"};

}  // namespace

Result<std::vector<LabelEntry>> load_labels(Database& database) {
  std::vector<LabelEntry> labels;
  TRY(auto query, database.query(kLabels));
  for (;;) {
    TRY(const bool row, query.next());
    if (!row) return labels;
    TRY(Label label, parse_label(query.text(1)));
    labels.push_back({query.label(0), std::move(label)});
  }
}

Result<Label> load_label(Database& database, LabelId id) {
  // Numbers count from one without a gap, as no label is ever removed.
  const auto known = database.known_labels();
  const auto place = static_cast<std::size_t>(id.value - 1);
  if (known && place < known->size() && (*known)[place].id == id) return (*known)[place].label;
  TRY(auto query, database.query(kLabelText, id));
  TRY(const bool row, query.next());
  if (!row) return internal("A stored thing has a label that is not there.");
  return parse_label(query.text(0));
}

Result<std::vector<LabelId>> standing_of(Database& database, std::string_view kind, const Uuid& subject) {
  std::vector<LabelId> labels;
  TRY(auto query, database.query(kStanding, kind, subject));
  for (;;) {
    TRY(const bool row, query.next());
    if (!row) return labels;
    labels.push_back(query.label(0));
  }
}

Status add_standing(Database& database, std::string_view kind, const Uuid& subject, LabelId label) {
  return database.run(kAddStanding, kind, subject, label);
}

Status note_standing(Change& change, std::string_view kind, const Uuid& subject, LabelId label) {
  TRY(const auto labels, standing_of(change.database(), kind, subject));
  for (const LabelId other : labels) {
    if (other == label) return {};
    if (!change.is_known_overlap(kind, label, other)) TRY_OK(change.note_overlap(kind, label, other));
  }
  return add_standing(change.database(), kind, subject, label);
}

}  // namespace hinomi::store::sqlite
