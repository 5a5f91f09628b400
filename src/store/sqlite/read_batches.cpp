#include "store/sqlite/read_batches.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <string_view>
#include <tuple>

#include "store/sqlite/known_reads.h"

namespace hinomi::store::sqlite {
namespace {

constexpr Statement kAddBatch{"add_read_batch", "INSERT INTO read_batch (marks) VALUES (?1)"};
constexpr Statement kOldestBatches{"oldest_read_batches",
                                   "SELECT sequence, marks FROM read_batch ORDER BY sequence LIMIT ?1"};
constexpr Statement kDropBatches{"drop_read_batches", "DELETE FROM read_batch WHERE sequence <= ?1"};
constexpr Statement kFirstBatch{"first_read_batch", "SELECT min(sequence) FROM read_batch"};
constexpr Statement kLastRow{"last_row", "SELECT last_insert_rowid()"};
constexpr Statement kAddMark{
    "add_read_mark",
    "INSERT INTO read_mark (kind, subject, version, object_label_id, first_object, last_object, person_id, hour, "
    "org_id, first_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT DO NOTHING"};

// A mark in bytes: kind, version, the four numbers (big-endian), then subject, person and organisation.
constexpr std::size_t kMarkBytes = 1 + 4 + 4 * 8 + 3 * std::tuple_size_v<Uuid>;

class MarkWriter {
 public:
  explicit MarkWriter(Bytes& bytes) : bytes_(bytes) {}
  void number(std::uint64_t value, int width) {
    for (int shift = 8 * (width - 1); shift >= 0; shift -= 8)
      bytes_.push_back(static_cast<std::uint8_t>(value >> shift));
  }
  void id(const Uuid& uuid) { bytes_.insert(bytes_.end(), uuid.begin(), uuid.end()); }

 private:
  Bytes& bytes_;
};

class MarkReader {
 public:
  explicit MarkReader(ByteView bytes) : bytes_(bytes) {}
  std::uint64_t number(std::size_t width) {
    std::uint64_t value = 0;
    for (; width > 0; --width) value = value << 8U | bytes_[at_++];
    return value;
  }
  std::int64_t signed_number() { return static_cast<std::int64_t>(number(8)); }
  Uuid id() {
    Uuid uuid{};
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(at_), uuid.size(), uuid.begin());
    at_ += uuid.size();
    return uuid;
  }

 private:
  ByteView bytes_;
  std::size_t at_ = 0;
};

void write_mark(MarkWriter out, const ReadMark& mark) {
  out.number(static_cast<std::uint64_t>(mark.note.kind), 1);
  out.number(mark.note.version, 4);
  out.number(static_cast<std::uint64_t>(mark.note.objects.label), 8);
  out.number(static_cast<std::uint64_t>(mark.note.objects.first), 8);
  out.number(static_cast<std::uint64_t>(mark.note.objects.last), 8);
  out.number(static_cast<std::uint64_t>(mark.first_at.time_since_epoch().count()), 8);
  out.id(mark.note.subject);
  out.id(mark.person.uuid());
  out.id(mark.org.uuid());
}

ReadMark read_mark(ByteView bytes) {
  MarkReader in(bytes);
  ReadMark mark;
  mark.note.kind = static_cast<policy::ReadKind>(in.number(1));
  mark.note.version = static_cast<std::uint32_t>(in.number(4));
  mark.note.objects.label = in.signed_number();
  mark.note.objects.first = in.signed_number();
  mark.note.objects.last = in.signed_number();
  mark.first_at = Instant(std::chrono::microseconds(in.signed_number()));
  mark.note.subject = in.id();
  mark.person = PersonId(in.id());
  mark.org = OrgId(in.id());
  return mark;
}

Status read_marks(ByteView bytes, std::vector<ReadMark>& marks) {
  if (bytes.size() % kMarkBytes != 0) return internal("A row of read_batch does not hold whole marks.");
  for (; !bytes.empty(); bytes = bytes.subspan(kMarkBytes)) marks.push_back(read_mark(bytes.first(kMarkBytes)));
  return {};
}

Status put_in_place(Database& database, const ReadMark& mark) {
  const policy::ReadNote& note = mark.note;
  return database.run(kAddMark, policy::read_kind_text(note.kind), note.subject, note.version, note.objects.label,
                      note.objects.first, note.objects.last, mark.person, hour_of(mark.first_at), mark.org,
                      mark.first_at);
}

// As the table's key begins, so that neighbours are written together; of two in one hour the earlier is kept.
auto place_of(const ReadMark& mark) {
  return std::tuple(policy::read_kind_text(mark.note.kind), mark.note.subject, mark.person, mark.first_at);
}

}  // namespace

Result<std::int64_t> append_reads(Database& database, std::span<const ReadMark> marks) {
  Bytes bytes;
  bytes.reserve(marks.size() * kMarkBytes);
  for (const ReadMark& mark : marks) write_mark(MarkWriter(bytes), mark);
  TRY_OK(database.run(kAddBatch, bytes));
  TRY(const auto row, database.number(kLastRow));
  return row.value_or(0);
}

Result<std::int64_t> place_reads(Database& database, std::size_t rows) {
  std::vector<ReadMark> marks;
  std::int64_t last = 0;
  {
    TRY(auto query, database.query(kOldestBatches, rows));
    for (;;) {
      TRY(const bool row, query.next());
      if (!row) break;
      last = query.integer(0);
      TRY_OK(read_marks(query.blob(1), marks));
    }
  }
  std::ranges::sort(marks, {}, place_of);
  for (const ReadMark& mark : marks) TRY_OK(put_in_place(database, mark));
  if (!marks.empty()) TRY_OK(database.run(kDropBatches, last));
  TRY(const auto first_left, database.number(kFirstBatch));
  return first_left.value_or(std::numeric_limits<std::int64_t>::max());
}

std::size_t UnplacedReads::SubjectHash::operator()(const std::pair<policy::ReadKind, Uuid>& subject) const noexcept {
  const auto& [kind, uuid] = subject;
  const std::string_view bytes(reinterpret_cast<const char*>(uuid.data()), uuid.size());
  return std::hash<std::string_view>()(bytes) ^ static_cast<std::size_t>(kind);
}

void UnplacedReads::add(std::int64_t row, std::vector<ReadMark> marks) {
  const std::lock_guard lock(mutex_);
  count_ += marks.size();
  for (ReadMark& mark : marks) held_[{mark.note.kind, mark.note.subject}].push_back({row, mark});
}

template <class Gone>
void UnplacedReads::drop(const Gone& gone) {
  const std::lock_guard lock(mutex_);
  for (auto entry = held_.begin(); entry != held_.end();) {
    count_ -= std::erase_if(entry->second, gone);
    entry = entry->second.empty() ? held_.erase(entry) : std::next(entry);
  }
}

void UnplacedReads::placed_before(std::int64_t row) {
  drop([row](const Held& held) { return held.row < row; });
}

void UnplacedReads::forget_before(std::int64_t hour) {
  drop([hour](const Held& held) { return hour_of(held.mark.first_at) < hour; });
}

std::vector<ReadMark> UnplacedReads::of(policy::ReadKind kind, const Uuid& subject) const {
  const std::lock_guard lock(mutex_);
  std::vector<ReadMark> marks;
  const auto found = held_.find({kind, subject});
  if (found == held_.end()) return marks;
  for (const Held& held : found->second) marks.push_back(held.mark);
  return marks;
}

std::size_t UnplacedReads::count() const {
  const std::lock_guard lock(mutex_);
  return count_;
}

}  // namespace hinomi::store::sqlite
