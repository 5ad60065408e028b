# Writes OUTPUT: one `inline constexpr std::string_view` per NAME=file of PAIRS, in NAMESPACE.
# Long texts are cut into pieces, since compilers bound the length of one string literal.
set(text "// Made at build time from files of the source tree.\n#pragma once\n\n#include <string_view>\n\nnamespace ${NAMESPACE} {\n")
foreach(pair IN LISTS PAIRS)
  string(REGEX MATCH "^([^=]*)=(.*)$" matched ${pair})
  set(name ${CMAKE_MATCH_1})
  file(READ ${ROOT}/${CMAKE_MATCH_2} bytes HEX)
  string(REGEX REPLACE "(..)" "\\\\x\\1" escaped "${bytes}")
  string(REGEX REPLACE "((\\\\x..)(\\\\x..)?(\\\\x..)?(\\\\x..)?(\\\\x..)?(\\\\x..)?(\\\\x..)?(\\\\x..)?(\\\\x..)?(\\\\x..)?(\\\\x..)?(\\\\x..)?(\\\\x..)?(\\\\x..)?(\\\\x..)?)" "\"\\1\"\n" lines "${escaped}")
  string(APPEND text "inline constexpr std::string_view ${name} =\n${lines}    \"\";\n")
endforeach()
string(APPEND text "}  // namespace ${NAMESPACE}\n")
file(WRITE ${OUTPUT} "${text}")
