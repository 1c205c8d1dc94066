// The programs as a user meets them: real binaries, real data, a real terminal.

import Testing

/// All end-to-end tests, one after another: each wants the processor and the clock for itself.
@Suite(
  "The programs do what they promise, from the command line to the last line on the terminal",
  .serialized)
struct EndToEnd {}
