// Sends what waits in the outbox. Policy is asked again for each recipient at this moment: who has lost the right to a
// thing between its writing and its sending hears nothing of it.
#pragma once

#include <cstddef>

#include "flow/platform.h"

namespace hinomi::flow {

// Delivers what is due now; returns how many notices arrived. Safe to run on several nodes: jobs are leased.
Result<std::size_t> deliver_outbox(const Platform& platform);

}  // namespace hinomi::flow
