// What every use case borrows. Built once by the app, outlives all requests; safe on any thread.
#pragma once

#include <memory>

#include "anonymity/anonymity.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "base/log.h"
#include "base/random.h"
#include "flow/entrance.h"
#include "forms/form_book.h"
#include "policy/reach_book.h"
#include "rules/rulebook.h"
#include "store/store.h"

namespace hinomi::flow {

class LedgerLog;

struct Platform {
  store::Store& store;
  const Clock& clock;
  Random& random;
  Log& log;
  const SigningKey& signing_key;
  std::shared_ptr<const rules::Rulebook> rulebook;
  std::shared_ptr<const forms::FormBook> form_book;  // over that rulebook
  const anonymity::Anonymiser& anonymiser;
  anonymity::AnonymityPolicy anonymity_policy;
  CollectionId releases;  // the TAXII collection that releases go to
  LedgerLog& ledger;
  Entrance& entrance;
  std::shared_ptr<policy::ReachBook> reaches = std::make_shared<policy::ReachBook>();
};

}  // namespace hinomi::flow
