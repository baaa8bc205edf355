// Cairo 1.16 loses 768 bytes for each CFF font it cuts down, fontconfig one pattern a run. The leak sanitizer is told so; ours are seen.
extern "C" __attribute__((visibility("default"))) const char* __lsan_default_suppressions();

extern "C" const char* __lsan_default_suppressions() {
  return "leak:libcairo.so\nleak:libfontconfig.so\n";
}
