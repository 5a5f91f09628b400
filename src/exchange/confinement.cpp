#include "exchange/confinement.h"

#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <array>
#include <initializer_list>
#include <memory>
#include <string>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define HINOMI_SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HINOMI_SANITIZED 1
#endif

namespace hinomi::exchange {
namespace {

#ifdef HINOMI_SANITIZED
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

struct FilterRelease {
  void operator()(void* filter) const { seccomp_release(filter); }
};
using Filter = std::unique_ptr<void, FilterRelease>;

Status refused(const std::string& what) { return internal("The parser could not confine itself: " + what + "."); }

Status limit(__rlimit_resource resource, rlim_t most) {
  const rlimit both{most, most};
  if (setrlimit(resource, &both) != 0) return refused("setrlimit " + std::to_string(static_cast<int>(resource)));
  return {};
}

Status set_limits(const ConfinementLimits& limits) {
  if (!kSanitized) TRY_OK(limit(RLIMIT_AS, limits.memory_bytes));
  // The soft limit sends SIGXCPU, which tells the parent why; the hard one ends a process that ignores it.
  const rlimit cpu{limits.cpu_seconds, limits.cpu_seconds + 1};
  if (setrlimit(RLIMIT_CPU, &cpu) != 0) return refused("RLIMIT_CPU");
  TRY_OK(limit(RLIMIT_FSIZE, 0));
  TRY_OK(limit(RLIMIT_CORE, 0));
  TRY_OK(limit(RLIMIT_NPROC, 0));
  return limit(RLIMIT_NOFILE, 3);
}

bool allow(const Filter& filter, std::initializer_list<int> calls) {
  for (const int call : calls) {
    if (seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0) != 0) return false;
  }
  return true;
}

bool allow_when(const Filter& filter, int call, scmp_arg_cmp condition) {
  return seccomp_rule_add_array(filter.get(), SCMP_ACT_ALLOW, call, 1, &condition) == 0;
}

// Memory may be taken and given back, but never made executable.
bool allow_memory(const Filter& filter) {
  const scmp_arg_cmp never_executable{2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0};
  return allow(filter, {SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise)}) &&
         allow_when(filter, SCMP_SYS(mmap), never_executable) &&
         allow_when(filter, SCMP_SYS(mprotect), never_executable);
}

bool allow_pipes(const Filter& filter) {
  return allow_when(filter, SCMP_SYS(read), {0, SCMP_CMP_EQ, 0, 0}) &&
         allow_when(filter, SCMP_SYS(write), {0, SCMP_CMP_EQ, 1, 0});
}

bool allow_runtime(const Filter& filter) {
  // What the sanitizers' own runtime asks for while it allocates and reports, and in a thread that it has.
  if (kSanitized &&
      !(allow(filter, {SCMP_SYS(gettid), SCMP_SYS(getpid), SCMP_SYS(sched_yield), SCMP_SYS(sigaltstack),
                       SCMP_SYS(readlink), SCMP_SYS(prctl), SCMP_SYS(nanosleep), SCMP_SYS(clock_nanosleep)}) &&
        allow_when(filter, SCMP_SYS(write), {0, SCMP_CMP_EQ, 2, 0}))) {
    return false;
  }
  return allow(filter,
               {SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(futex), SCMP_SYS(getrandom), SCMP_SYS(rt_sigreturn),
                SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigaction), SCMP_SYS(restart_syscall)});
}

Status install_filter() {
  const Filter filter(seccomp_init(SCMP_ACT_KILL_PROCESS));
  if (!filter) return refused("seccomp_init");
  // Threads that a library has started are held too: they share all memory with whoever took this one over.
  if (seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_TSYNC, 1) != 0) return refused("seccomp for every thread");
  if (!allow_memory(filter) || !allow_pipes(filter) || !allow_runtime(filter)) return refused("seccomp rules");
  if (seccomp_load(filter.get()) != 0) return refused("seccomp_load");
  return {};
}

}  // namespace

Status confine_this_process(const ConfinementLimits& limits) {
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return refused("no_new_privs");
  if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return refused("not dumpable");
  TRY_OK(set_limits(limits));
  return install_filter();
}

}  // namespace hinomi::exchange
