// Storing a random stream, so that an interrupted run goes on with the same numbers.

extension RandomStream: Codable {
  /// Reads the four words of the state.
  package init(from decoder: any Decoder) throws {
    var words = try decoder.unkeyedContainer()
    self.init(
      state: (
        try words.decode(UInt64.self), try words.decode(UInt64.self), try words.decode(UInt64.self),
        try words.decode(UInt64.self)
      ))
  }

  /// Writes the four words of the state.
  package func encode(to encoder: any Encoder) throws {
    var words = encoder.unkeyedContainer()
    try words.encode(state.0)
    try words.encode(state.1)
    try words.encode(state.2)
    try words.encode(state.3)
  }
}
