// Which grouping factor leads, and the level of every row in every factor.

import Families
import Formula
import LinearAlgebra

/// The plan of a model's random effects, before the parameters have places.
struct EffectPlan {
  private let leadingGroup: String?
  private let levels: [String: [String]]
  /// For each block and outcome the level of each row; empty where the block has no member in the outcome.
  private let codes: [[[Int32]]]
  private let offsets: [Int]  // of each block: in the level's vector, or in the corner
  private let isLeading: [Bool]
  private let blockSize: Int
  private let cornerSize: Int
  private let arrow: ArrowStructure
  private let borderStarts: [[Int: Int]]  // leading level -> corner place -> border column

  /// The most random effects of the factors beside the leading one where their matrix is dense: of this order it takes
  /// half a gigabyte.
  static let cornerLimit = 8000

  init(_ frame: ModelFrame, corner choice: CornerChoice) throws(ModelError) {
    var levels: [String: [String]] = [:]
    for block in frame.blocks {
      guard let known = levels[block.group] else {
        levels[block.group] = block.levels
        continue
      }
      let present = Set(known)
      levels[block.group] = known + block.levels.filter { !present.contains($0) }
    }
    var sizes: [String: Int] = [:]
    for block in frame.blocks {
      sizes[block.group, default: 0] += block.members.count * (levels[block.group]?.count ?? 0)
    }
    // Ties go to the first in the formula, so that the layout does not depend on hashing.
    var leadingGroup: String?
    for block in frame.blocks
    where leadingGroup.map({ sizes[block.group, default: 0] > sizes[$0, default: 0] }) ?? true {
      leadingGroup = block.group
    }
    var offsets: [Int] = []
    var (blockSize, cornerSize) = (0, 0)
    for block in frame.blocks {
      if block.group == leadingGroup {
        offsets.append(blockSize)
        blockSize += block.members.count
      } else {
        offsets.append(cornerSize)
        cornerSize += block.members.count * (levels[block.group]?.count ?? 0)
      }
    }
    codes = frame.blocks.map { block in
      let place = Dictionary(
        uniqueKeysWithValues: (levels[block.group] ?? []).enumerated().map { ($1, Int32($0)) })
      let translation = block.levels.map { place[$0, default: -1] }
      return block.codes.map { rows in rows.map { translation[Int($0)] } }
    }
    self.leadingGroup = leadingGroup
    self.levels = levels
    self.offsets = offsets
    isLeading = frame.blocks.map { $0.group == leadingGroup }
    self.blockSize = blockSize
    self.cornerSize = cornerSize
    let leadingCount = leadingGroup.flatMap { levels[$0]?.count } ?? 0
    let meetings = CornerMeetings(
      frame: frame, codes: codes, isLeading: isLeading, offsets: offsets,
      levelCounts: frame.blocks.map { levels[$0.group]?.count ?? 0 })
    (arrow, borderStarts) = Self.borders(
      frame: frame, codes: codes, isLeading: isLeading, offsets: offsets,
      shape: (blockSize, leadingCount, cornerSize), meetings, choice)
    if arrow.corner == .dense && cornerSize > Self.cornerLimit {
      throw ModelError(
        "the \(cornerSize) random effects of the grouping factors beside '\(leadingGroup ?? "")' are tied "
          + "together by the data, and at most \(Self.cornerLimit) such effects can be fitted; leave a "
          + "factor out or merge its levels")
    }
  }

  /// Which corner effects meet which leading level in some row.
  private static func borders(
    frame: ModelFrame, codes: [[[Int32]]], isLeading: [Bool], offsets: [Int],
    shape: (blockSize: Int, blockCount: Int, cornerSize: Int), _ meetings: CornerMeetings,
    _ choice: CornerChoice
  ) -> (ArrowStructure, [[Int: Int]]) {
    var touched = [Set<Int>](repeating: [], count: shape.blockCount)
    var widths: [Int: Int] = [:]
    for outcome in frame.outcomes.indices {
      guard
        let leading = frame.blocks.indices.first(where: {
          isLeading[$0] && !codes[$0][outcome].isEmpty
        })
      else { continue }
      for block in frame.blocks.indices where !isLeading[block] && !codes[block][outcome].isEmpty {
        let size = frame.blocks[block].members.count
        for (row, code) in codes[block][outcome].enumerated() {
          let place = offsets[block] + Int(code) * size
          touched[Int(codes[leading][outcome][row])].insert(place)
          widths[place] = size
        }
      }
    }
    var borderOffsets = [0]
    var columns: [Int] = []
    var starts: [[Int: Int]] = []
    for set in touched {
      var start: [Int: Int] = [:]
      for place in set.sorted() {
        start[place] = columns.count
        for member in 0..<widths[place, default: 0] { columns.append(place + member) }
      }
      starts.append(start)
      borderOffsets.append(columns.count)
    }
    let arrow =
      shape.cornerSize < choice.smallestOrder
      ? ArrowStructure(
        blockSize: shape.blockSize, blockCount: shape.blockCount, cornerSize: shape.cornerSize,
        borderOffsets: borderOffsets, borderColumns: columns)
      : ArrowStructure(
        blockSize: shape.blockSize, blockCount: shape.blockCount,
        cornerPattern: meetings.pattern(), borderOffsets: borderOffsets, borderColumns: columns,
        choice: choice)
    return (arrow, starts)
  }

  /// The level of the leading factor for each row of an outcome, if its effects act there.
  private func leadingCodes(outcome: Int) -> [Int32]? {
    codes.indices.first { isLeading[$0] && !codes[$0][outcome].isEmpty }.map { codes[$0][outcome] }
  }

  /// The rows of an outcome in the order of their leading level; stable, so equal inputs give equal sums.
  func sortedRows(outcome: Int, count: Int) -> [Int] {
    guard let codes = leadingCodes(outcome: outcome) else { return Array(0..<count) }
    return (0..<count).sorted { (codes[$0], $0) < (codes[$1], $1) }
  }

  func runs(outcome: Int, ordering: [Int]) -> [ModelOutcome.Run] {
    guard let codes = leadingCodes(outcome: outcome) else { return [] }
    var runs: [ModelOutcome.Run] = []
    var start = 0
    for place in ordering.indices {
      let isLast = place + 1 == ordering.count
      if isLast || codes[ordering[place]] != codes[ordering[place + 1]] {
        runs.append(.init(level: Int(codes[ordering[place]]), start: start, end: place + 1))
        start = place + 1
      }
    }
    return runs
  }

  func leadingColumns(_ outcome: Int, _ predictor: Int, _ ordering: [Int], _ frame: ModelFrame)
    -> [LeadingColumn]
  {
    members(outcome, predictor, frame).filter { isLeading[$0.block] }.map { place in
      LeadingColumn(
        position: offsets[place.block] + place.member,
        values: frame.blocks[place.block].members[place.member].values.map {
          padColumn($0, ordering)
        })
    }
  }

  func cornerColumns(_ outcome: Int, _ predictor: Int, _ ordering: [Int], _ frame: ModelFrame)
    -> [CornerColumn]
  {
    let leading = leadingCodes(outcome: outcome)
    let all = cornerMembers(outcome, frame)
    return members(outcome, predictor, frame).filter { !isLeading[$0.block] }.map { place in
      let size = frame.blocks[place.block].members.count
      let order = all.firstIndex { $0 == place } ?? 0
      let starts = ordering.map {
        offsets[place.block] + Int(codes[place.block][outcome][$0]) * size
      }
      return CornerColumn(
        block: place.block, member: place.member, places: starts.map { Int32($0 + place.member) },
        borderPlaces: leading.map { leading in
          zip(ordering, starts).map { row, start in
            Int32(borderStarts[Int(leading[row])][start, default: 0] + place.member)
          }
        } ?? [],
        values: frame.blocks[place.block].members[place.member].values.map {
          padColumn($0, ordering)
        }, order: order,
        meetings: meetings(of: place, with: all.prefix(order + 1), outcome, ordering, frame))
    }
  }

  /// All corner members that act on an outcome, by block and then by member.
  private func cornerMembers(_ outcome: Int, _ frame: ModelFrame) -> [(block: Int, member: Int)] {
    frame.blocks.indices.filter { !isLeading[$0] }.flatMap { block in
      frame.blocks[block].members.indices.filter {
        frame.blocks[block].members[$0].outcome == outcome
      }.map { (block, $0) }
    }
  }

  /// Where a corner member meets `others` in each row; nothing where the corner is dense.
  private func meetings(
    of place: (block: Int, member: Int), with others: ArraySlice<(block: Int, member: Int)>,
    _ outcome: Int, _ ordering: [Int], _ frame: ModelFrame
  ) -> [[Int32]] {
    guard case .sparse = arrow.corner else { return [] }
    func places(_ place: (block: Int, member: Int)) -> [Int32] {
      let size = frame.blocks[place.block].members.count
      return ordering.map {
        Int32(offsets[place.block] + Int(codes[place.block][outcome][$0]) * size + place.member)
      }
    }
    let own = places(place)
    return others.map { arrow.meetings(of: own, and: places($0)) }
  }

  private func members(_ outcome: Int, _ predictor: Int, _ frame: ModelFrame)
    -> [(block: Int, member: Int)]
  {
    frame.blocks.enumerated().flatMap { block, value in
      value.members.indices.filter {
        value.members[$0].outcome == outcome && value.members[$0].predictor == predictor
      }.map { (block, $0) }
    }
  }

  /// The final layout, with a place in ψ for every block's θ.
  func layout(
    frame: ModelFrame, families: [any ResponseFamily], priors: [PriorStatement],
    thetaStart: inout Int
  ) throws(ModelError) -> RandomEffectLayout {
    var blocks: [RandomEffectLayout.Block] = []
    for (index, block) in frame.blocks.enumerated() {
      let fixed = block.members.map { member in
        priors.constant(
          "sd",
          [
            frame.outcomes[member.outcome].name, block.group,
            ParameterName.cleaned(member.term),
          ])
      }
      let covariance = block.structure.parametrisation(
        size: block.members.count, fixedDeviations: fixed)
      guard covariance.fixedDeviations == fixed else {
        throw ModelError(
          "an sd of \(block.group) is fixed with constant(), which the structure "
            + "'\(block.structure.rawValue)' does not allow; use us() or diag()")
      }
      let members = block.members.map { member in
        let name = frame.outcomes[member.outcome].predictors[member.predictor].parameter
        return RandomEffectLayout.Member(
          outcome: member.outcome,
          predictor: families[member.outcome].parameters.firstIndex { $0.name == name } ?? 0,
          parameter: name, term: member.term)
      }
      blocks.append(
        .init(
          group: block.group, identifier: block.identifier, structure: block.structure,
          covariance: covariance, levels: levels[block.group] ?? [], members: members,
          thetaOffset: thetaStart, isLeading: isLeading[index], offset: offsets[index]))
      thetaStart += covariance.parameterCount
    }
    return RandomEffectLayout(blocks: blocks, arrow: arrow, leadingGroup: leadingGroup)
  }
}
