// The table of the design: which target lies in which folder and which modules it may know.

/// What the design says of one target.
struct Room {
  let wing: String
  let mayKnow: Set<String>
}

/// The rooms by name: an arrow that is not here is a mistake of the package or a change of the design.
let rooms: [String: Room] = {
  let groundShims: Set = ["COpenBLAS", "CCholmod", "CRmath", "CNumberText"]
  let ground: Set = ["LinearAlgebra", "Probability", "Tables"]
  let statistics: Set = [
    "Formula", "Families", "MixedModel", "Laplace", "Sampling", "Predictive", "Diagnostics",
  ]
  let paneRooms: Set = ["TerminalCore", "Plots", "Diagnostics", "RunFolder", "Tables"]
  return [
    "CNcurses": Room(wing: "Shims", mayKnow: []),
    "COpenBLAS": Room(wing: "Shims", mayKnow: []),
    "CCholmod": Room(wing: "Shims", mayKnow: []),
    "CRmath": Room(wing: "Shims", mayKnow: []),
    "CNumberText": Room(wing: "Shims", mayKnow: []),

    "LinearAlgebra": Room(wing: "Ground", mayKnow: groundShims),
    "Probability": Room(
      wing: "Ground", mayKnow: groundShims.union(["LinearAlgebra", "RealModule"])),
    "Tables": Room(wing: "Ground", mayKnow: groundShims),

    "Formula": Room(wing: "Statistics", mayKnow: ["Tables", "LinearAlgebra"]),
    // Its kernels use the SIMD lanes of LinearAlgebra.
    "Families": Room(wing: "Statistics", mayKnow: ["Probability", "LinearAlgebra"]),
    "MixedModel": Room(
      wing: "Statistics",
      mayKnow: ["Formula", "Families", "LinearAlgebra", "Probability", "Tables"]),
    "Laplace": Room(wing: "Statistics", mayKnow: ["MixedModel", "LinearAlgebra", "Probability"]),
    "Sampling": Room(wing: "Statistics", mayKnow: ["Probability", "LinearAlgebra"]),
    "Predictive": Room(wing: "Statistics", mayKnow: ["MixedModel", "Families", "Probability"]),
    "Diagnostics": Room(wing: "Statistics", mayKnow: ["Probability", "LinearAlgebra"]),

    // Numbers of draws and of JSON are read and written without strings.
    "RunFolder": Room(wing: "Runs", mayKnow: ["Tables", "CNumberText", "TOMLKit"]),
    "Fitting": Room(wing: "Runs", mayKnow: ground.union(statistics).union(["RunFolder"])),

    "TerminalCore": Room(wing: "Terminal", mayKnow: []),
    "Plots": Room(wing: "Terminal", mayKnow: ["TerminalCore"]),
    "CursesScreen": Room(wing: "Terminal", mayKnow: ["TerminalCore", "CNcurses"]),

    "Panes": Room(wing: "App", mayKnow: paneRooms),
    "Dashboard": Room(wing: "App", mayKnow: paneRooms.union(["Panes", "TOMLKit"])),
    "mglmm-fit": Room(
      wing: "App", mayKnow: ["Fitting", "Diagnostics", "RunFolder", "ArgumentParser"]),
    "mglmm-tui": Room(
      wing: "App", mayKnow: ["Dashboard", "CursesScreen", "RunFolder", "ArgumentParser"]),
    // The stopwatch: it times every room from outside, and nothing knows it.
    "mglmm-bench": Room(
      wing: "App",
      mayKnow: ground.union(statistics).union(paneRooms).union([
        "Fitting", "Panes", "Dashboard", "ArgumentParser",
      ])),
  ]
}()

/// Modules of the system that any target may import.
let systemModules: Set = ["Glibc", "Synchronization"]
