# One folder = one namespace = one target. Every module is built the same way.

add_library(muster_flags INTERFACE)
target_compile_options(muster_flags INTERFACE -Wall -Wextra -Wshadow -Wconversion -Wno-missing-field-initializers)
if(MUSTER_WARNINGS_AS_ERRORS)
  target_compile_options(muster_flags INTERFACE -Werror)
endif()
target_include_directories(muster_flags INTERFACE ${PROJECT_SOURCE_DIR})

# muster_module(NAME SOURCES a.cpp ... USES other modules and libraries ...)
function(muster_module name)
  cmake_parse_arguments(arg "" "" "SOURCES;USES" ${ARGN})
  add_library(muster_${name} STATIC ${arg_SOURCES})
  target_link_libraries(muster_${name} PUBLIC muster_flags ${arg_USES})
  if(CMAKE_CXX_CLANG_TIDY)
    set_source_files_properties(${arg_SOURCES} PROPERTIES OBJECT_DEPENDS ${PROJECT_SOURCE_DIR}/.clang-tidy)
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
