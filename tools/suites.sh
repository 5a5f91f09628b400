# shellcheck shell=bash
# Tests, checks, benchmarks and fuzzing, as ./dev runs them.
# Sourced by ./dev after tools/install.sh and tools/portal.sh.

# Every C++ file of ours, NUL-separated; works in a source archive without .git too.
cpp_files() {
  find "$ROOT/src" "$ROOT/app" "$ROOT/tests" "$ROOT/bench" -type f \( -name '*.cpp' -o -name '*.h' \) -print0
}

# run_ctest PRESET ARGUMENT…: the last lines are ctest's own summary.
run_ctest() {
  local preset="$1"
  shift
  ctest --test-dir "$ROOT/build/$preset" -j "$JOBS" --output-on-failure --no-tests=error "$@"
}

command_test() {
  (($# <= 1)) || wrong_use "test takes one PATTERN"
  need_packages build test browser
  portal_build
  if (($#)); then
    build dev
    run_ctest dev -R "$1"
    return
  fi
  build release
  # The two-world tester runs what ships: the same flags, and instruction counts mean something only without a sanitizer.
  build worlds worlds worlds_leaks worlds_instructions
  build asan
  say "built in $SECONDS s; the worlds run with the flags of the release, everything else under AddressSanitizer"
  run_ctest worlds -L worlds
  run_ctest asan -LE worlds
}

command_check() {
  (($# == 0)) || wrong_use "check takes no argument"
  need_packages build test format lint
  say "format"
  cpp_files | xargs -0 -r clang-format-19 --dry-run -Werror
  shellcheck -x "$ROOT/dev" "$ROOT/.ci/run" "$ROOT"/tools/*.sh
  portal_build
  portal_check
  build dev
  tidy_changed
  say "fast tests"
  run_ctest dev -LE slow
}

# clang-tidy over the C++ sources that differ from the last commit on main; the whole tree takes too long for a habit.
tidy_changed() {
  local -a changed=()
  command -v git >/dev/null && git -C "$ROOT" rev-parse --git-dir >/dev/null 2>&1 || return 0
  local base
  base="$(git -C "$ROOT" merge-base HEAD main 2>/dev/null || git -C "$ROOT" rev-parse HEAD)"
  mapfile -t changed < <(cd "$ROOT" && git diff --name-only --diff-filter=d "$base" -- 'src/*.cpp' 'app/*.cpp')
  ((${#changed[@]})) || return 0
  say "clang-tidy over ${#changed[@]} changed files"
  (cd "$ROOT" && printf '%s\0' "${changed[@]}" | xargs -0 -P "$JOBS" -n 4 clang-tidy-19 --quiet -p build/dev)
}

bench_names() {
  find "$ROOT/bench" -maxdepth 1 -name '*_bench.cpp' -printf '%f\n' | sed 's/\.cpp$//' | LC_ALL=C sort
}

command_bench() {
  (($# <= 1)) || wrong_use "bench takes one NAME"
  local -a names
  mapfile -t names < <(bench_names)
  if (($#)); then
    [[ -f "$ROOT/bench/${1%_bench}_bench.cpp" ]] || wrong_use "there is no bench/${1%_bench}_bench.cpp; there are: ${names[*]}"
    names=("${1%_bench}_bench")
  fi
  ((${#names[@]})) || die "there is no benchmark in bench/"
  need_packages build test bench
  build bench "${names[@]}"
  mkdir -p "$ROOT/build/bench/results"
  local name
  for name in "${names[@]}"; do
    run_benchmark "$ROOT/build/bench/$name"
  done
}

# Google Benchmark programs also leave their figures as JSON.
run_benchmark() {
  local program="$1"
  local -a arguments=()
  if ldd "$program" | grep -q libbenchmark; then
    arguments=("--benchmark_out=$ROOT/build/bench/results/${program##*/}.json" --benchmark_out_format=json)
  fi
  say "${program##*/}"
  "$program" "${arguments[@]}"
}

fuzz_targets() {
  find "$ROOT/tests/fuzz" -maxdepth 1 -name '*_fuzz.cpp' -printf '%f\n' | sed 's/\.cpp$//' | LC_ALL=C sort
}

command_fuzz() {
  local seconds=30 target=""
  while (($#)); do
    case "$1" in
      --seconds)
        (($# >= 2)) || wrong_use "--seconds needs a value"
        seconds="$2"
        shift
        ;;
      --seconds=*) seconds="${1#*=}" ;;
      -*) wrong_use "fuzz does not know '$1'" ;;
      *) target="${1%_fuzz}_fuzz" ;;
    esac
    shift
  done
  [[ "$seconds" =~ ^[0-9]+$ ]] || wrong_use "--seconds wants a number, not '$seconds'"
  local -a targets
  mapfile -t targets < <(fuzz_targets)
  if [[ -n "$target" ]]; then
    [[ -f "$ROOT/tests/fuzz/$target.cpp" ]] || wrong_use "there is no tests/fuzz/$target.cpp; there are: ${targets[*]}"
    targets=("$target")
  fi
  ((${#targets[@]})) || die "there is no fuzz target in tests/fuzz/"
  need_packages build test
  build fuzz "${targets[@]}"
  for target in "${targets[@]}"; do
    fuzz_one "$target" "$seconds"
  done
}

# New inputs are kept under .cache/fuzz, crashes under build/fuzz/crashes; the committed corpus is only read.
fuzz_one() {
  local target="$1" seconds="$2"
  local seeds="$ROOT/tests/fuzz/corpus/${target%_fuzz}" found="$CACHE/fuzz/$target" crashes="$ROOT/build/fuzz/crashes"
  [[ -d "$seeds" ]] || die "$target has no corpus: put seed inputs into tests/fuzz/corpus/${target%_fuzz}/"
  mkdir -p "$found" "$crashes"
  local -a limit=(-max_total_time="$seconds")
  ((seconds)) || limit=(-runs=0)
  say "$target, $seconds s"
  "$ROOT/build/fuzz/$target" "${limit[@]}" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 -verbosity=0 \
    -artifact_prefix="$crashes/$target-" "$found" "$seeds"
}

# campaign MINUTES: building is not counted. A quarter of the time goes to the suites labelled `campaign` with fresh
# seeds, a third of what is left to pairs of worlds, the rest to fuzzing; the sanitizer passes before them run each test
# once.
command_campaign() {
  [[ $# -eq 1 && "$1" =~ ^[1-9][0-9]*$ ]] || wrong_use "campaign takes the number of minutes"
  need_packages build test browser
  portal_build
  local preset
  for preset in ubsan tsan dev; do
    build "$preset"
  done
  local end=$((SECONDS + $1 * 60))
  say "each test once under UBSan, then under TSan"
  run_ctest ubsan -LE checks
  run_ctest tsan -LE checks
  campaign_suites $((SECONDS + (end - SECONDS) / 4))
  campaign_worlds $(((end - SECONDS) / 3))
  local -a targets
  mapfile -t targets < <(fuzz_targets)
  if ((${#targets[@]} && end > SECONDS)); then
    command_fuzz --seconds $(((end - SECONDS) / ${#targets[@]} + 1))
  fi
  say "campaign: nothing found"
}

# Rounds of property and fault suites until `deadline`; every round's seed is printed, so that a failure can be repeated.
campaign_suites() {
  local deadline="$1" round=0 seed
  if ! ctest --test-dir "$ROOT/build/dev" -N -L campaign | grep -q '^ *Test '; then
    say "no test is labelled 'campaign'"
    return 0
  fi
  while ((SECONDS < deadline)); do
    round=$((round + 1))
    seed="$(od -An -N6 -tu8 /dev/urandom | tr -d ' ')"
    say "campaign round $round: RC_PARAMS='seed=$seed max_success=1000'"
    RC_PARAMS="seed=$seed max_success=1000" HINOMI_REFERENCE_SEED="$seed" HINOMI_RACES_SEED="$seed" run_ctest dev -L campaign
  done
}

# Pairs of worlds with fresh seeds for so many seconds, on two cores; what is found comes with its own command.
campaign_worlds() {
  local seconds="$1" from found=0
  ((seconds > 0)) || return 0
  from="$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')"
  say "worlds, $seconds s, seeds from $from"
  "$ROOT/build/dev/tests/worlds/worlds" --seconds "$seconds" --from "$from" --step 2 &
  "$ROOT/build/dev/tests/worlds/worlds" --seconds "$seconds" --from $((from + 1)) --step 2 || found=1
  wait $! || found=1
  return "$found"
}
