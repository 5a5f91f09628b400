// Items of one label into cases. Internal to collect.cpp.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "flow/caller.h"
#include "policy/permit.h"

namespace hinomi::flow {

// What each part of the import shares.
struct CaseImport {
  const Platform& platform;
  const Caller& caller;
  const policy::Permit<policy::action::ImportSources>& permit;
  std::set<std::string> exploited;  // CVEs of the catalogue of known exploited vulnerabilities, as far as imported here
};

struct LabelledItems {
  Label label;
  // Cases under these labels may take the items in: they are read by everyone who reads the items.
  std::vector<Label> case_labels;
  std::vector<SourceItem> items;
};

struct FiledItems {
  std::size_t added = 0;
  std::size_t cases = 0;
};

Result<FiledItems> file_into_cases(const CaseImport& import, const LabelledItems& labelled);

}  // namespace hinomi::flow
