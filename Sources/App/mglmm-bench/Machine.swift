// The machine that the figures belong to.

import Glibc
import RunFolder

/// The facts of the machine that a reader needs to judge the figures.
struct Machine {
  let processor: String
  let cores: Int
  let memoryGigabytes: Double
  let load: Double

  init() {
    let lines = TextFile.read("/proc/cpuinfo")?.split(separator: "\n") ?? []
    let model = lines.first { $0.hasPrefix("model name") }?.split(separator: ":").last
    processor = model.map { String($0.drop { $0 == " " }) } ?? "unknown processor"
    cores = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    memoryGigabytes =
      Double(sysconf(Int32(_SC_PHYS_PAGES))) * Double(sysconf(Int32(_SC_PAGESIZE))) / 1e9
    var averages = [0.0, 0.0, 0.0]
    load = getloadavg(&averages, 3) > 0 ? averages[0] : .nan
  }

  var text: String {
    var text =
      "\(processor), \(cores) cores, \(NumberText.brief(memoryGigabytes)) GB, load \(NumberText.brief(load))\n"
    if load > 0.5 {
      text +=
        "The machine is not idle: seconds by the clock are too high, processor seconds less so.\n"
    }
    return text
  }

  var json: JSONValue {
    .object([
      JSONMember("processor", .string(processor)), JSONMember("cores", .integer(cores)),
      JSONMember("memory_gb", .number(memoryGigabytes)), JSONMember("load", .number(load)),
    ])
  }
}
