// The escape sequence that puts text on the clipboard of the terminal the user sits at, also over SSH.

/// A program between this one and the terminal that keeps sequences to itself unless they are wrapped.
package enum Multiplexer: Hashable, Sendable {
  case none, tmux, screen

  /// The one that this program runs in, by its environment.
  package init(environment: (String) -> String?) {
    if environment("TMUX")?.isEmpty == false {
      self = .tmux
    } else if environment("STY")?.isEmpty == false {
      self = .screen
    } else {
      self = .none
    }
  }
}

/// Why a text cannot be copied, in one line.
package enum ClipboardError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The text has so many bytes, more than terminals take.
  case tooLong(bytes: Int)
  /// The terminal did not take the sequence.
  case notWritten

  /// One line for the user.
  package var description: String {
    switch self {
    case .tooLong(let bytes):
      "\(bytes / 1000) kB are too much for the clipboard of a terminal "
        + "(\(ClipboardSequence.mostBytes / 1000) kB); export a file instead"
    case .notWritten: "the terminal did not take the text"
    }
  }
}

/// OSC 52 (xterm's control sequences, "Manipulate Selection Data").
package enum ClipboardSequence {
  /// The most characters of base64 that common terminals take: xterm's and tmux's limits lie above,
  /// hterm's and others' at 74 994.
  static let mostCharacters = 74_994
  /// The most bytes of text.
  package static let mostBytes = mostCharacters / 4 * 3
  /// GNU screen keeps the content of one string control within 256 bytes in older versions.
  static let screenChunk = 240

  /// The sequence that copies a text.
  package static func text(
    copying text: String, through multiplexer: Multiplexer
  ) throws(ClipboardError) -> String {
    let bytes = Array(text.utf8)
    guard bytes.count <= mostBytes else { throw .tooLong(bytes: bytes.count) }
    // BEL ends it, because screen would take ESC \ for the end of its own wrapping.
    let plain = "\u{1B}]52;c;\(Base64.encoded(bytes))\u{7}"
    switch multiplexer {
    case .none: return plain
    case .tmux:
      // tmux takes the first with set-clipboard on, the second with allow-passthrough on.
      let doubled = plain.replacing("\u{1B}", with: "\u{1B}\u{1B}")
      return plain + "\u{1B}Ptmux;\(doubled)\u{1B}\\"
    case .screen:
      let scalars = Array(plain.unicodeScalars)
      return stride(from: 0, to: scalars.count, by: screenChunk).map { start in
        var chunk = String.UnicodeScalarView()
        chunk.append(contentsOf: scalars[start..<min(start + screenChunk, scalars.count)])
        return "\u{1B}P\(String(chunk))\u{1B}\\"
      }.joined()
    }
  }
}

extension String {
  /// The text with every occurrence of one scalar replaced.
  fileprivate func replacing(_ scalar: Unicode.Scalar, with replacement: String) -> String {
    var result = String.UnicodeScalarView()
    for own in unicodeScalars {
      if own == scalar {
        result.append(contentsOf: replacement.unicodeScalars)
      } else {
        result.append(own)
      }
    }
    return String(result)
  }
}
