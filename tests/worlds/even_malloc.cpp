// malloc and its kin with the same work in every call: what the C library's does depends on everything that the process
// has ever freed, which would drown the few instructions that worlds_instructions looks for. Memory goes back to the
// list of its size and never to the system; for programs that live a minute.
#include <pthread.h>
#include <sys/mman.h>

#include <array>
#include <bit>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace {

// Before every block: which size it has, and where it really begins.
struct Head {
  std::size_t size_class;
  std::byte* begin;
};
struct Free {
  Free* next;
};

constexpr std::size_t kLeast = 16;
constexpr std::size_t kRegion = std::size_t{16} << 30U;  // reserved, not used

pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
std::array<Free*, 64> lists{};
std::byte* unused = nullptr;
std::byte* end = nullptr;

std::size_t class_of(std::size_t size) { return static_cast<std::size_t>(std::bit_width(size - 1)); }

std::byte* fresh(std::size_t size) {
  if (unused == nullptr) {
    void* region = ::mmap(nullptr, kRegion, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (region == MAP_FAILED) return nullptr;
    unused = static_cast<std::byte*>(region);
    end = unused + kRegion;
  }
  if (size > static_cast<std::size_t>(end - unused)) return nullptr;
  std::byte* const block = unused;
  unused += size;
  return block;
}

// A block with room for its head; `alignment` is a power of two.
void* allocate(std::size_t size, std::size_t alignment) {
  if (size > kRegion) return nullptr;
  const std::size_t whole = (size < kLeast ? kLeast : size) + sizeof(Head) + (alignment > kLeast ? alignment : 0);
  const std::size_t size_class = class_of(whole);
  ::pthread_mutex_lock(&mutex);
  Free* const listed = lists.at(size_class);
  if (listed != nullptr) lists.at(size_class) = listed->next;
  std::byte* const begin =
      listed != nullptr ? reinterpret_cast<std::byte*>(listed) : fresh(std::size_t{1} << size_class);
  ::pthread_mutex_unlock(&mutex);
  if (begin == nullptr) return nullptr;
  std::byte* at = begin + sizeof(Head);
  const std::uintptr_t past = reinterpret_cast<std::uintptr_t>(at) % alignment;
  if (past != 0) at += alignment - past;
  new (at - sizeof(Head)) Head{size_class, begin};
  return at;
}

Head& head_of(void* block) { return *reinterpret_cast<Head*>(static_cast<std::byte*>(block) - sizeof(Head)); }

std::size_t room_in(void* block) {
  const Head& head = head_of(block);
  return (std::size_t{1} << head.size_class) - static_cast<std::size_t>(static_cast<std::byte*>(block) - head.begin);
}

void* or_no_memory(void* block) {
  if (block == nullptr) errno = ENOMEM;
  return block;
}

}  // namespace

extern "C" {

void* malloc(std::size_t size) noexcept { return or_no_memory(allocate(size, kLeast)); }

void free(void* block) noexcept {
  if (block == nullptr) return;
  const Head head = head_of(block);
  ::pthread_mutex_lock(&mutex);
  lists.at(head.size_class) = new (head.begin) Free{lists.at(head.size_class)};
  ::pthread_mutex_unlock(&mutex);
}

void* calloc(std::size_t count, std::size_t size) noexcept {
  std::size_t whole = 0;
  if (__builtin_mul_overflow(count, size, &whole)) return or_no_memory(nullptr);
  void* const block = malloc(whole);
  return block == nullptr ? nullptr : std::memset(block, 0, whole);
}

void* realloc(void* block, std::size_t size) noexcept {
  if (block == nullptr) return malloc(size);
  if (size <= room_in(block)) return block;
  void* const larger = malloc(size);
  if (larger == nullptr) return nullptr;
  std::memcpy(larger, block, room_in(block));
  free(block);
  return larger;
}

void* memalign(std::size_t alignment, std::size_t size) noexcept { return or_no_memory(allocate(size, alignment)); }
void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept { return memalign(alignment, size); }
int posix_memalign(void** block, std::size_t alignment, std::size_t size) noexcept {
  *block = allocate(size, alignment);
  return *block == nullptr ? ENOMEM : 0;
}
std::size_t malloc_usable_size(void* block) noexcept { return block == nullptr ? 0 : room_in(block); }

}  // extern "C"
