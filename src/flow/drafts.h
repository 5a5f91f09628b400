// 下書き: what a person is typing, kept until the report is sent. Only who may file for the own organisation keeps any,
// and everybody sees their own alone.
#pragma once

#include <optional>
#include <vector>

#include "flow/file_report.h"
#include "flow/repeat.h"
#include "model/draft.h"

namespace hinomi::flow {

// The id in an address. NotFound where it is none, as for a draft that is not there; Forbidden first for who may keep
// none and would write.
Result<DraftId> draft_called(std::string_view id);
Result<DraftId> draft_to_write(const Caller& caller, std::string_view id);

// Last saved first.
Result<std::vector<Draft>> drafts_of(const Platform& platform, const Caller& caller);
Result<Draft> find_draft(const Platform& platform, const Caller& caller, const DraftId& id);

// What stands now, also when it stood there already. `saving.at` is set here. Errors of store/draft_store.h and of
// check_typed_fields; Forbidden for who may not file; what names classified material is refused as a report is.
Result<Draft> save_draft(const Platform& platform, const Caller& caller, store::DraftSaving saving);
Status remove_draft(const Platform& platform, const Caller& caller, const DraftId& id);

// The report that was filed from this draft, while the key is remembered; nothing otherwise.
Result<std::optional<ReportVersion>> report_sent_from(const Platform& platform, const Caller& caller,
                                                      const DraftId& id);

// Pressing twice, also on two devices, files once, and the draft goes with the filing. The same answers in another
// session are the same request.
RepeatKey filing_of(const SentDraft& draft, const TypedFields& fields);

// What a browser seals its own copy with: the same for this person on every device, gone with the sign-in.
// `installation` is a secret of the installation. 32 bytes.
Bytes local_key(ByteView installation, const PersonId& person);

}  // namespace hinomi::flow
