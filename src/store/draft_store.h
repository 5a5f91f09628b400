// What people are still typing. A draft has no label and no reach: it is found under its person or not at all, its
// saving leaves no event, notice or ledger entry, and its text is sealed under a key that goes when it goes.
#pragma once

#include <string>
#include <vector>

#include "model/draft.h"
#include "model/ids.h"
#include "store/records.h"

namespace hinomi::store {

struct DraftSaving {
  DraftId id;
  std::uint32_t based_on = 0;  // the revision that was open; 0: a new one
  std::string editor;
  Instant at;
  TypedFields fields;
};

class DraftStore {
 public:
  virtual ~DraftStore() = default;
  // What stands now. Conflict "draft.moved_on" when another editor has saved since `based_on`; "draft.sent" when a
  // report was filed under this id; "draft.too_many" for a new one above kDraftsOfOnePerson. NotFound when it was there
  // and is not any more. An editor's own last saving never stands in its way: its answer may have been lost.
  virtual Result<Draft> save_draft(const PersonId& person, const DraftSaving& saving) = 0;
  virtual Result<Draft> draft(const PersonId& person, const DraftId& id) = 0;
  // Last saved first; at most kDraftsOfOnePerson.
  virtual Result<std::vector<Draft>> drafts(const PersonId& person) = 0;
  // With its key. NotFound: not this person's.
  virtual Status remove_draft(const PersonId& person, const DraftId& id) = 0;
};

}  // namespace hinomi::store
