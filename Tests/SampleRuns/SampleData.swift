// The data of sample runs in a few numbers, and what happened in them.

import RunFolder

extension SampleRun {
  /// The data of the scores and passes, of which some scores are missing.
  package static var data: DataSummary {
    let schools = (1...60).map {
      LevelCount(name: ($0 < 10 ? "S0" : "S") + "\($0)", count: 21 + ($0 * 7) % 25)
    }
    return DataSummary(
      rows: 1975, isComplete: true, sourceBytes: 47_719,
      columns: [
        ColumnSummary(
          name: "math_score", missing: 12,
          content: .numbers(
            NumberSummary(
              minimum: 18.2, lowerQuartile: 44.1, median: 50.4, upperQuartile: 56.7, maximum: 86.3,
              mean: 50.31, standardDeviation: 9.11,
              bins: [4, 41, 170, 340, 552, 470, 261, 97, 24, 4]))),
        ColumnSummary(name: "passed", missing: 12, content: .binary(ones: 1152)),
        ColumnSummary(
          name: "gender", missing: 0,
          content: .levels([
            LevelCount(name: "female", count: 1013), LevelCount(name: "male", count: 962),
          ])),
        ColumnSummary(
          name: "SES", missing: 0,
          content: .numbers(
            NumberSummary(
              minimum: -3.21, lowerQuartile: -0.68, median: 0.004, upperQuartile: 0.7,
              maximum: 3.4, mean: 0.01, standardDeviation: 1.003,
              bins: [13, 58, 170, 350, 470, 450, 280, 130, 48, 6]))),
        ColumnSummary(name: "school_id", missing: 0, content: .levels(schools)),
      ])
  }

  /// Events as a run of draws has them up to its end.
  static func happenings(_ count: Int) -> [StampedEvent] {
    let all: [(Double, FitEvent)] = [
      (
        0,
        .started(
          WorkerStart(
            version: "0.1.0", worker: WorkerIdentity(host: "lab", processID: 4242), method: .mcmc,
            seed: 1, chains: 4, warmup: 200, draws: 1000))
      ),
      (0.01, .phase(.reading)),
      (0.03, .note("cbind(math_score, passed) is read as 2 outcomes")),
      (0.03, .note("(1 | school_id) is correlated across the outcomes math_score, passed")),
      (0.04, .phase(.optimizing)),
      (0.09, .fitted(logLikelihood: -8021.4375, seconds: 0.04)), (0.1, .phase(.warmup)),
      (3.2, .phase(.sampling)),
      (
        13.1,
        .warning(
          FitWarning(
            code: "divergences", message: "2 transitions after warm-up diverged.",
            advice: "Raise --target-acceptance, or look for a funnel."))
      ),
      (13.2, .phase(.residuals)), (14.2, .finished(seconds: 14.2, cpuSeconds: 27.9)),
    ]
    return all.prefix(count).map { StampedEvent(time: begin + $0, event: $1) }
  }
}
