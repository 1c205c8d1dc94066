// Counts heap allocations of a gradient by running this program again under valgrind, which sees every one of them.

/// Allocations (`malloc`, `calloc`, `realloc`) of one piece of work, from two runs that differ in how often they do it.
enum AllocationCounter {
  /// The first argument of a run that is counted; the others are a model's name and how many gradients to compute.
  static let probe = "count-allocations"
  private static let extraGradients = 200

  /// Allocations in one gradient of the model called `name`, or why they are not counted.
  static func perGradient(_ name: String) -> Cell {
    guard let valgrind = ChildProcess.locate("valgrind"), let strip = ChildProcess.locate("strip")
    else { return .absent("no valgrind") }
    do {
      return try TemporaryFolder.with { folder in
        // Valgrind cannot read the debugging sections that Swift's linker writes, so it gets a copy without.
        let program = folder + "/program"
        _ = try ChildProcess.output(of: strip, ["-o", program, Repository.programPath])
        let few = try total(valgrind, program, folder, name, gradients: 1)
        let many = try total(valgrind, program, folder, name, gradients: 1 + extraGradients)
        return .number(Double(many - few) / Double(extraGradients))
      }
    } catch {
      return .absent("not counted")
    }
  }

  private static func total(
    _ valgrind: String, _ program: String, _ folder: String, _ name: String, gradients: Int
  ) throws -> Int {
    let log = folder + "/valgrind.log"
    _ = try ChildProcess.output(
      of: valgrind,
      [
        "--tool=memcheck", "--leak-check=no", "--undef-value-errors=no", "--log-file=" + log,
        program, probe, name, String(gradients), "--root", Repository.root ?? "",
      ])
    // "==7== total heap usage: 1,234 allocs, 1,200 frees, 99,999 bytes allocated"
    let words = (TextFile.read(log) ?? "").split { $0 == " " || $0 == "\n" }.map { String($0) }
    guard let place = words.firstIndex(of: "allocs,"), place > 0,
      let count = Int(words[place - 1].filter { $0 != "," })
    else { throw BenchError("valgrind said nothing of allocations") }
    return count
  }
}
