// How people, groups and changes of the directory look in JSON.
#pragma once

#include "api/api.h"
#include "base/json.h"
#include "flow/directory.h"
#include "flow/directory_view.h"

namespace hinomi::api {

// What an administrator needs; `login` and rights are for the own organisation and the secretariat only.
void write_person_entry(JsonWriter& out, const Directory& directory, const Person& person);
void write_group(JsonWriter& out, const Directory& directory, const flow::SeenGroup& seen);
void write_change_summary(JsonWriter& out, const Visit& visit, const DirectoryChange& change);
// With its differences, what becomes visible while it is open, and what the visitor may do.
Status write_change(JsonWriter& out, const Api& api, const Visit& visit, const flow::DecidedChange& decided);
// What a draft would do; nothing was written.
Status write_draft(JsonWriter& out, const Api& api, const Visit& visit, const flow::DirectoryDraft& draft);

std::string_view record_kind_text(flow::RecordKind kind);
std::string_view record_state_text(flow::RecordState state);

}  // namespace hinomi::api
