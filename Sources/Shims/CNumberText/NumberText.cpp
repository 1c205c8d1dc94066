// Numbers to and from text: std::to_chars and std::from_chars behind a C interface.
#include "CNumberText.h"

#include <charconv>

size_t number_text_shortest(double value, char *out, size_t capacity) {
  auto result = std::to_chars(out, out + capacity, value);
  return result.ec == std::errc() ? static_cast<size_t>(result.ptr - out) : 0;
}

size_t number_text_significant(double value, int digits, char *out, size_t capacity) {
  auto result = std::to_chars(out, out + capacity, value, std::chars_format::general, digits);
  return result.ec == std::errc() ? static_cast<size_t>(result.ptr - out) : 0;
}

int number_text_parse(const char *text, size_t length, double *value) {
  if (length > 0 && text[0] == '+') {
    text += 1;
    length -= 1;
    if (length > 0 && text[0] == '-') return 0;
  }
  auto result = std::from_chars(text, text + length, *value);
  return result.ec == std::errc() && result.ptr == text + length && length > 0;
}
