# Writes OUT: a C++ file with the bytes of FILES (named relative to BASE), through the assembler's .incbin, so that a megabyte
# of web page costs the compiler nothing.
set(assembly "")
set(externs "")
set(table "")
set(count 0)
foreach(file IN LISTS FILES)
  file(RELATIVE_PATH name ${BASE} ${file})
  string(APPEND assembly "        \"jiheng_${SYMBOL}_${count}:\\n.incbin \\\"${file}\\\"\\njiheng_${SYMBOL}_${count}_end:\\n.byte 0\\n\"\n")
  string(APPEND externs "extern const char jiheng_${SYMBOL}_${count}[];\nextern const char jiheng_${SYMBOL}_${count}_end[];\n")
  string(APPEND table "      {\"${name}\", {jiheng_${SYMBOL}_${count}, static_cast<std::size_t>(jiheng_${SYMBOL}_${count}_end - jiheng_${SYMBOL}_${count})}},\n")
  math(EXPR count "${count} + 1")
endforeach()
file(WRITE ${OUT} "#include \"base/embedded.h\"

extern \"C\" {
${externs}}
__asm__(\".section .rodata\\n\"
${assembly}        \".text\\n\");

namespace jiheng::embedded {
std::span<const File> ${SYMBOL}();
std::span<const File> ${SYMBOL}() {
  static const File files[] = {
${table}      {},
  };
  return {files, ${count}};
}
}  // namespace jiheng::embedded
")
