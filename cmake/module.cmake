# One folder = one namespace = one target. Every module is built the same way.

add_library(muster_flags INTERFACE)
target_compile_options(muster_flags INTERFACE -Wall -Wextra -Wshadow -Wconversion -Wno-missing-field-initializers)
if(MUSTER_WARNINGS_AS_ERRORS)
  target_compile_options(muster_flags INTERFACE -Werror)
endif()
target_include_directories(muster_flags INTERFACE ${PROJECT_SOURCE_DIR})

# What most sources include, compiled once. Sources with other language flags read it as text, and clang-tidy cannot read GCC's.
if(NOT CMAKE_CXX_CLANG_TIDY)
  file(WRITE ${PROJECT_BINARY_DIR}/generated/precompiled.cpp "")
  add_library(muster_precompiled OBJECT ${PROJECT_BINARY_DIR}/generated/precompiled.cpp)
  target_link_libraries(muster_precompiled PRIVATE muster_flags fmt::fmt tl::expected)
  target_precompile_headers(muster_precompiled PRIVATE
    <algorithm> <array> <chrono> <functional> <map> <optional> <set> <string> <string_view> <variant> <vector> <fmt/format.h> <tl/expected.hpp>)
endif()

# muster_module(NAME USES other modules and libraries ...): the sources in this folder, and in `rules` and its families below it.
function(muster_module name)
  cmake_parse_arguments(arg "" "" "USES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS *.cpp rules/*.cpp rules/*/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  add_library(muster_${name} STATIC ${sources})
  target_link_libraries(muster_${name} PUBLIC muster_flags ${arg_USES})
  if(CMAKE_CXX_CLANG_TIDY)
    set_source_files_properties(${sources} PROPERTIES OBJECT_DEPENDS ${PROJECT_SOURCE_DIR}/.clang-tidy)
  else()
    target_precompile_headers(muster_${name} REUSE_FROM muster_precompiled)
  endif()
endfunction()

# muster_embed(TARGET HEADER NAMESPACE NAME=file ...): text files of the source tree as string constants of a header.
function(muster_embed target header namespace)
  set(output ${PROJECT_BINARY_DIR}/generated/${header})
  set(pairs ${ARGN})
  set(inputs)
  foreach(pair IN LISTS pairs)
    string(REGEX REPLACE "^[^=]*=" "" file ${pair})
    list(APPEND inputs ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  endforeach()
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} -DNAMESPACE=${namespace} "-DPAIRS=${pairs}"
            -DROOT=${CMAKE_CURRENT_SOURCE_DIR} -P ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
    DEPENDS ${inputs} ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
    VERBATIM)
  target_sources(${target} PRIVATE ${output})
  target_include_directories(${target} PRIVATE ${PROJECT_BINARY_DIR}/generated)
endfunction()
