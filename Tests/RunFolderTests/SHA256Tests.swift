// SHA-256 against the vectors of FIPS 180-4's example computations (NIST CSRC, SHA256.pdf) and RFC 6234.

import Testing

@testable import RunFolder

@Suite("SHA-256 gives the published digests")
struct SHA256Tests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func vectors(text: String, digest: String) {
    #expect(SHA256.hexadecimal(of: Array(text.utf8)) == digest)
  }

  @Test("a million times a, in one piece and in pieces of every length around a block")
  func million() {
    let digest = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    #expect(SHA256.hexadecimal(of: Array(repeating: 0x61, count: 1_000_000)) == digest)
    for size in [1, 55, 56, 63, 64, 65, 119, 127, 128, 997] {
      var hash = SHA256()
      var left = 1_000_000
      while left > 0 {
        hash.update(Array(repeating: 0x61, count: min(size, left)))
        left -= min(size, left)
      }
      #expect(hash.finish() == digest, "pieces of \(size)")
    }
  }

  @Test("a file has the digest of its bytes")
  func file() throws {
    let folder = try TemporaryFolder()
    try folder.write("abc", to: "data.csv")
    #expect(
      try SHA256.hexadecimal(ofFile: folder.file("data.csv"))
        == SHA256.hexadecimal(of: Array("abc".utf8)))
    #expect(throws: FileError.self) { try SHA256.hexadecimal(ofFile: folder.file("none")) }
  }
}
