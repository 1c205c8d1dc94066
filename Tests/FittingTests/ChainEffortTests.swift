// What a chain has cost, in the bytes of a checkpoint and back; and draws that are asked for while a fit is live.

import RunFolder
import Testing

@testable import Fitting

@Suite("A resumed chain knows what it has cost, and how many draws it is to make")
struct ChainEffortTests {
  @Test("the cost comes back from a checkpoint as it went in, and the sampler's state beside it")
  func roundTrip() {
    var effort = ChainEffort(gradientCount: 1234)
    effort.add(seconds: 0.25, inWarmup: true)
    effort.add(seconds: 1.5, inWarmup: false)
    effort.add(seconds: 2, inWarmup: false)
    let state: [UInt8] = [7, 0, 255]
    let read = ChainEffort.split(checkpoint: state + effort.bytes)
    #expect(read.state == state)
    #expect(
      read.effort
        == ChainEffort(gradientCount: 1234, warmupSeconds: 0.25, samplingSeconds: 3.5))
    #expect(effort.bytes.count == 32)
  }

  @Test("a checkpoint without a cost is all state")
  func withoutCost() {
    for length in [0, 3, 32, 100] {
      let state = (0..<length).map { UInt8($0) }
      let read = ChainEffort.split(checkpoint: state)
      #expect(read.state == state && read.effort == ChainEffort())
    }
  }

  @Test("extending asks for a number of draws in all, so asking twice or for fewer adds nothing")
  func extending() {
    let control = RunControl()
    #expect(control.wantedDraws == 0)
    for draws in [2000, 2000, 500] { control.apply(.extend(draws: draws)) }
    #expect(control.wantedDraws == 2000)
  }
}
