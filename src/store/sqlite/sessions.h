// Ending sessions inside a change, for every write that does so.
#pragma once

#include "store/account_store.h"
#include "store/sqlite/change.h"

namespace hinomi::store::sqlite {

// All sessions of the person but `kept`, which may be of nobody; tokens too unless they are kept.
Status end_sessions(Change& change, const PersonId& person, const Sha256& kept, AccountStore::Tokens tokens);

}  // namespace hinomi::store::sqlite
