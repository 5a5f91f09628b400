// What a child process gives up before it reads the first byte from outside: files, sockets, other processes, new
// rights, and most system calls (seccomp, RELIABILITY 6.13). Linux only; holds for the whole process and cannot be
// undone.
#pragma once

#include <cstdint>

#include "base/result.h"

namespace hinomi::exchange {

struct ConfinementLimits {
  std::uint64_t memory_bytes = std::uint64_t{1}
                               << 30;  // of address space; not in sanitizer builds, which reserve terabytes
  unsigned cpu_seconds = 20;
};

// From here on the process may compute, take memory, read descriptor 0 and write descriptor 1. Anything else kills it
// with SIGSYS. Internal when the kernel refuses a part of this; the caller must then read nothing.
Status confine_this_process(const ConfinementLimits& limits = {});

}  // namespace hinomi::exchange
