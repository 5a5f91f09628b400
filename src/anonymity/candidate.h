// A place in a text that some recogniser thinks identifies; the finder decides between overlapping candidates.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "anonymity/gazetteer.h"
#include "anonymity/normal_text.h"
#include "anonymity/span.h"

namespace hinomi::anonymity {

struct Candidate {
  Range range;  // bytes of NormalText::text(), not empty
  SpanClass span_class = SpanClass::UnknownName;
  std::string rule;
  double confidence = 1.0;
  const Entry* entry = nullptr;  // the gazetteer row, where one was used; borrowed from the gazetteer
  std::string entity;            // canonical name; empty means the text itself
};

}  // namespace hinomi::anonymity
