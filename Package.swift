// swift-tools-version: 6.2
// The rooms of the house and which room may know which; Tests/ArchitectureTests holds this to the design.

import PackageDescription

// The kernels are written for fused multiply-add; mglmm-fit says so at start on a processor without it.
#if arch(x86_64)
  let processor: [SwiftSetting] = [
    .unsafeFlags(["-Xcc", "-march=x86-64-v3"]), .define("HAVE_FMA"),
  ]
#else
  let processor: [SwiftSetting] = [.define("HAVE_FMA")]
#endif

let strict: [SwiftSetting] =
  processor + [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
  ]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let tomlKit = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")
let realModule = Target.Dependency.product(name: "RealModule", package: "swift-numerics")

/// A room: a library target in a wing, with the rooms and packages it may import.
func room(_ name: String, in wing: String, knows: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: knows, path: "Sources/\(wing)/\(name)", swiftSettings: strict)
}

/// A test target beside the room of the same name; `Golden` holds reference data where a room has any.
func tests(
  of name: String, knows: [Target.Dependency] = [], resources: [Resource]? = nil
) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.target(name: name)] + knows,
    path: "Tests/\(name)Tests", resources: resources, swiftSettings: strict)
}

let package = Package(
  name: "mglmm-tui",
  products: [
    .executable(name: "mglmm-tui", targets: ["mglmm-tui"]),
    .executable(name: "mglmm-fit", targets: ["mglmm-fit"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    // MARK: - Shims: the only doors to C libraries
    .target(
      name: "CNcurses", path: "Sources/Shims/CNcurses",
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    .systemLibrary(
      name: "COpenBLAS", path: "Sources/Shims/COpenBLAS", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(
      name: "CCholmod", path: "Sources/Shims/CCholmod", providers: [.apt(["libsuitesparse-dev"])]),
    .systemLibrary(
      name: "CRmath", path: "Sources/Shims/CRmath", providers: [.apt(["r-mathlib"])]),
    .target(name: "CNumberText", path: "Sources/Shims/CNumberText"),

    // MARK: - Ground: knows no statistics and no screen
    room("LinearAlgebra", in: "Ground", knows: ["COpenBLAS", "CCholmod"]),
    room("Probability", in: "Ground", knows: ["CRmath", "LinearAlgebra", realModule]),
    room("Tables", in: "Ground", knows: ["CNumberText"]),

    // MARK: - Statistics
    room("Formula", in: "Statistics", knows: ["Tables", "LinearAlgebra"]),
    room("Families", in: "Statistics", knows: ["Probability", "LinearAlgebra"]),
    room(
      "MixedModel", in: "Statistics",
      knows: ["Formula", "Families", "LinearAlgebra", "Probability", "Tables"]),
    room("Laplace", in: "Statistics", knows: ["MixedModel", "LinearAlgebra", "Probability"]),
    room("Sampling", in: "Statistics", knows: ["Probability", "LinearAlgebra"]),
    room("Predictive", in: "Statistics", knows: ["MixedModel", "Families", "Probability"]),
    room("Diagnostics", in: "Statistics", knows: ["Probability", "LinearAlgebra"]),

    // MARK: - Runs
    room("RunFolder", in: "Runs", knows: ["Tables", "CNumberText", tomlKit]),
    room(
      "Fitting", in: "Runs",
      knows: [
        "LinearAlgebra", "Probability", "Tables", "Formula", "Families", "MixedModel", "Laplace",
        "Sampling", "Predictive", "Diagnostics", "RunFolder",
      ]),

    // MARK: - Terminal
    room("TerminalCore", in: "Terminal"),
    room("Plots", in: "Terminal", knows: ["TerminalCore"]),
    room("CursesScreen", in: "Terminal", knows: ["TerminalCore", "CNcurses"]),

    // MARK: - App
    room(
      "Panes", in: "App", knows: ["TerminalCore", "Plots", "Diagnostics", "RunFolder", "Tables"]),
    room(
      "Dashboard", in: "App",
      knows: ["Panes", "TerminalCore", "Plots", "Diagnostics", "RunFolder", "Tables", tomlKit]),
    .executableTarget(
      name: "mglmm-fit",
      dependencies: ["Fitting", "Diagnostics", "RunFolder", argumentParser],
      path: "Sources/App/mglmm-fit", swiftSettings: strict),
    .executableTarget(
      name: "mglmm-tui",
      dependencies: ["Dashboard", "CursesScreen", "RunFolder", argumentParser],
      path: "Sources/App/mglmm-tui", swiftSettings: strict),
    // The stopwatch of `make bench`: it may look into every room, and nothing knows it.
    .executableTarget(
      name: "mglmm-bench",
      dependencies: [
        "LinearAlgebra", "Probability", "Tables", "Formula", "Families", "MixedModel", "Laplace",
        "Predictive", "Diagnostics", "RunFolder", "Fitting", "Panes", argumentParser,
      ],
      path: "Sources/App/mglmm-bench", swiftSettings: strict),

    // MARK: - Tests
    .testTarget(
      name: "ArchitectureTests", path: "Tests/ArchitectureTests", swiftSettings: strict),
    .target(
      name: "TestSupport",
      dependencies: [
        "Families", "Formula", "LinearAlgebra", "MixedModel", "Probability", "Tables",
      ],
      path: "Tests/TestSupport", swiftSettings: strict),
    tests(
      of: "MixedModel",
      knows: ["TestSupport", "Families", "Formula", "LinearAlgebra", "Probability", "Tables"]),
    tests(
      of: "Laplace",
      knows: ["TestSupport", "Families", "MixedModel", "LinearAlgebra", "Probability", "Tables"]),
    tests(of: "LinearAlgebra", knows: ["CCholmod", "Probability", "TestSupport"]),
    tests(of: "Probability", knows: ["LinearAlgebra"], resources: [.copy("Golden")]),
    tests(of: "Tables"),
    tests(of: "Formula", knows: ["Tables"], resources: [.copy("Golden")]),
    tests(
      of: "Families", knows: ["Probability", "LinearAlgebra"], resources: [.copy("Golden")]),
    tests(of: "Sampling", knows: ["Probability", "LinearAlgebra"]),
    tests(of: "Diagnostics", knows: ["Probability"], resources: [.copy("Golden")]),
    tests(of: "RunFolder", knows: ["Tables"]),
    tests(
      of: "Fitting",
      knows: [
        "TestSupport", "RunFolder", "MixedModel", "Laplace", "Sampling", "Diagnostics", "Families",
        "LinearAlgebra", "Predictive", "Probability", "Tables",
      ]),
    tests(of: "TerminalCore"),
    tests(of: "Plots", knows: ["TerminalCore"]),
    .target(
      name: "SampleRuns", dependencies: ["RunFolder"], path: "Tests/SampleRuns",
      swiftSettings: strict),
    tests(
      of: "Panes", knows: ["SampleRuns", "TerminalCore", "Plots", "RunFolder", "Diagnostics"],
      resources: [.copy("Golden")]),
    tests(
      of: "Dashboard",
      knows: ["SampleRuns", "Panes", "TerminalCore", "RunFolder", "Diagnostics", "Tables"],
      resources: [.copy("Golden")]),
    // The real programs in a real terminal; the dashboard's key table is held against the README.
    .testTarget(
      name: "EndToEndTests", dependencies: ["Dashboard"], path: "Tests/EndToEndTests",
      swiftSettings: strict),
  ],
  cxxLanguageStandard: .cxx17
)
