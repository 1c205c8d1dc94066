// What --version says.

import CursesScreen
import RunFolder

/// The version with the facts of the build, one a line.
let versionText = BuildFacts.versionText(
  program: "mglmm-tui", libraries: ["screen: \(cursesVersion)"])
