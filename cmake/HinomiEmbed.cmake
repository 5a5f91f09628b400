# hinomi_embed(TARGET SYMBOL BASE file…): puts files into the program as bytes.
# Generates a source that defines `const hinomi::app::EmbeddedFile SYMBOL[]` and `SYMBOL_count`; names are relative to BASE.
function(hinomi_embed target symbol base)
  set(assembly "")
  set(declarations "")
  set(table "")
  set(index 0)
  foreach(file IN LISTS ARGN)
    cmake_path(RELATIVE_PATH file BASE_DIRECTORY ${base} OUTPUT_VARIABLE name)
    set(label ${symbol}_${index})
    string(APPEND assembly "asm(\".section .rodata\\n.global ${label}\\n.global ${label}_end\\n.balign 16\\n${label}:\\n.incbin \\\"${file}\\\"\\n${label}_end:\\n.byte 0\\n.previous\\n\");\n")
    string(APPEND declarations "extern const char ${label}[];\nextern const char ${label}_end[];\n")
    string(APPEND table "  {\"${name}\", ${label}, ${label}_end},\n")
    math(EXPR index "${index} + 1")
  endforeach()
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.cpp)
  file(CONFIGURE OUTPUT ${output} CONTENT
"#include \"embedded.h\"
${assembly}
extern \"C\" {
${declarations}}
namespace hinomi::app {
extern const EmbeddedFile ${symbol}[] = {
${table}  {nullptr, nullptr, nullptr}};
extern const unsigned ${symbol}_count = ${index};
}
" @ONLY)
  set_source_files_properties(${output} PROPERTIES OBJECT_DEPENDS "${ARGN}")
  target_sources(${target} PRIVATE ${output})
endfunction()
