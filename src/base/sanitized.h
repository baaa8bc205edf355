// Whether this is a build with a sanitizer that keeps books of memory beside it: slower, and of terabytes of address space.
#pragma once

namespace jiheng {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)  // g++
inline constexpr bool sanitized = true;
#elif defined(__has_feature)  // clang
inline constexpr bool sanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
inline constexpr bool sanitized = false;
#endif

#ifdef NDEBUG
/// The program as it is delivered: what tests hold to time and memory.
inline constexpr bool delivered = !sanitized;
#else
inline constexpr bool delivered = false;
#endif

}  // namespace jiheng
