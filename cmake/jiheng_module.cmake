# One target for all compile options of our own code; third-party headers are SYSTEM and thus not held to them.
add_library(jiheng_options INTERFACE)
target_include_directories(jiheng_options INTERFACE ${CMAKE_SOURCE_DIR}/src)
target_compile_options(jiheng_options INTERFACE
  -Wall -Wextra -Werror -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Woverloaded-virtual
  -fstack-protector-strong -fvisibility=hidden)
# g++ 12 sees overlaps in std::string's operator+ that are not there (GCC PR 105651).
target_compile_options(jiheng_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
# libstdc++ 12's std::stable_sort uses its own deprecated get_temporary_buffer, which clang 19 reports where it is called.
target_compile_options(jiheng_options INTERFACE $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>)
target_compile_definitions(jiheng_options INTERFACE JIHENG_VERSION="${PROJECT_VERSION}")
target_link_options(jiheng_options INTERFACE -Wl,--as-needed)
if(JIHENG_SANITIZE)
  string(REPLACE "," ";" sanitizers "${JIHENG_SANITIZE}")
  foreach(sanitizer ${sanitizers})
    target_compile_options(jiheng_options INTERFACE -fsanitize=${sanitizer} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(jiheng_options INTERFACE -fsanitize=${sanitizer})
    # Boost.Asio fences its handlers, which the thread sanitizer does not see; its queues are locked all the same.
    if(sanitizer STREQUAL "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      target_compile_options(jiheng_options INTERFACE -Wno-tsan)
    endif()
  endforeach()
endif()
if(JIHENG_FUZZ)
  target_compile_options(jiheng_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

# jiheng_module(NAME USES modules... LINKS libraries...): src/NAME/**.cpp as the static library jiheng_NAME.
function(jiheng_module name)
  cmake_parse_arguments(arg "" "" "USES;LINKS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cpp)
  if(NOT sources)
    return()
  endif()
  add_library(jiheng_${name} STATIC ${sources})
  target_link_libraries(jiheng_${name} PUBLIC jiheng_options)
  foreach(used ${arg_USES})
    if(TARGET jiheng_${used})
      target_link_libraries(jiheng_${name} PUBLIC jiheng_${used})
    endif()
  endforeach()
  target_link_libraries(jiheng_${name} PRIVATE ${arg_LINKS})
endfunction()

# jiheng_embed(MODULE SYMBOL BASE dir GLOB pattern): the bytes of the files under dir, compiled into the module and found by name
# through jiheng::embedded::SYMBOL() (declare it where it is used). An absent folder gives an empty set.
function(jiheng_embed module symbol)
  cmake_parse_arguments(arg "" "BASE;GLOB" "" ${ARGN})
  if(NOT TARGET jiheng_${module})
    return()
  endif()
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${arg_BASE}/${arg_GLOB})
  set(out ${CMAKE_BINARY_DIR}/embedded/${symbol}.cpp)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DSYMBOL=${symbol} -DOUT=${out} -DBASE=${arg_BASE} "-DFILES=${files}" -P ${CMAKE_SOURCE_DIR}/cmake/embed.cmake
    DEPENDS ${files} ${CMAKE_SOURCE_DIR}/cmake/embed.cmake VERBATIM)
  target_sources(jiheng_${module} PRIVATE ${out})
endfunction()
