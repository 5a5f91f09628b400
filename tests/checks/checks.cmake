# The habits of the project as tests: each is a ctest entry `checks.…` or `compile_fail.…`, labelled `checks`.
set(HINOMI_CHECKS ${CMAKE_CURRENT_SOURCE_DIR}/checks)

function(hinomi_add_check name)
  add_test(NAME ${name} COMMAND ${ARGN})
  set_tests_properties(${name} PROPERTIES LABELS checks TIMEOUT 300)
endfunction()

foreach(check IN ITEMS layers forbidden size docs)
  hinomi_add_check(checks.${check} ${Python3_EXECUTABLE} -B ${HINOMI_CHECKS}/${check}_check.py ${CMAKE_SOURCE_DIR})
endforeach()
hinomi_add_check(checks.selftest ${Python3_EXECUTABLE} -B ${HINOMI_CHECKS}/checks_test.py)

find_program(SHELLCHECK shellcheck)
if(SHELLCHECK)
  file(GLOB scripts CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/*.sh)
  hinomi_add_check(checks.shell ${SHELLCHECK} -x -P ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/dev ${CMAKE_SOURCE_DIR}/.ci/run ${scripts})
endif()

# Each public header compiles on its own. Built by its test, because a plain build has no use for it.
file(GLOB_RECURSE headers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/*.h)
set(alone)
foreach(header IN LISTS headers)
  cmake_path(RELATIVE_PATH header BASE_DIRECTORY ${CMAKE_SOURCE_DIR}/src OUTPUT_VARIABLE name)
  string(REPLACE "/" "_" source ${name})
  set(source ${CMAKE_CURRENT_BINARY_DIR}/headers_alone/${source}.cpp)
  # Twice, so that a missing #pragma once shows.
  file(CONFIGURE OUTPUT ${source} CONTENT "#include \"${name}\"\n#include \"${name}\" // NOLINT\n")
  list(APPEND alone ${source})
endforeach()
add_library(headers_alone OBJECT EXCLUDE_FROM_ALL ${alone})
target_link_libraries(headers_alone PRIVATE hinomi_options)
target_compile_options(headers_alone PRIVATE -O0 -g0 -fno-sanitize=all)
hinomi_add_check(checks.headers_alone
  ${CMAKE_COMMAND} --build ${CMAKE_BINARY_DIR} --target headers_alone --parallel 2)
set_tests_properties(checks.headers_alone PROPERTIES PROCESSORS 2 RUN_SERIAL ON)

# Code that must not compile: see tests/checks/compile_fail.py.
get_target_property(options hinomi_options INTERFACE_COMPILE_OPTIONS)
list(FILTER options INCLUDE REGEX "^-W")
file(GLOB cases CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/compile_fail/*.cpp)
foreach(case IN LISTS cases)
  cmake_path(GET case STEM name)
  hinomi_add_check(compile_fail.${name} ${Python3_EXECUTABLE} -B ${HINOMI_CHECKS}/compile_fail.py ${case}
    ${CMAKE_CXX_COMPILER} -std=c++20 -I${CMAKE_SOURCE_DIR}/src ${options} -Werror)
endforeach()
