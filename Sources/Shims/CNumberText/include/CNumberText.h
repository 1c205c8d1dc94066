// Numbers to and from text: std::to_chars and std::from_chars, exact in both directions.
#pragma once
#include <stddef.h>
#ifdef __cplusplus
extern "C" {
#endif
/// Writes the shortest text that reads back as `value`; returns its length, or 0 if `capacity` is too small.
size_t number_text_shortest(double value, char *out, size_t capacity);
/// Writes `value` with `digits` significant digits, as printf's %g does; returns the length or 0.
size_t number_text_significant(double value, int digits, char *out, size_t capacity);
/// Reads a decimal number from the whole of text[0..length); returns 1 when every character was used, else 0.
int number_text_parse(const char *text, size_t length, double *value);
#ifdef __cplusplus
}
#endif
