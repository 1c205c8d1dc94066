// What each view of the predictive checks shows, as tables.

import RunFolder

extension PredictivePane {
  package func tables(_ snapshot: DashboardSnapshot, _ browsing: Browsing) -> [PaneTable] {
    guard let content = content(snapshot) else { return [] }
    let item = item(content)
    switch content.view {
    case .distribution, .rootogram:
      if let bars = content.outcome?.bars { return [Self.table(bars)] }
      return content.outcome?.density.map { [Self.table($0)] } ?? []
    case .statistics: return content.outcome.map { Self.statistics($0, item: item) } ?? []
    case .predictor, .group:
      return item < content.series.count ? [Self.table(content.series[item])] : []
    case .calibration: return content.outcome?.calibration.map { [Self.table($0)] } ?? []
    case .paretoK: return content.loo.map { [Self.points(content), Self.summary($0)] } ?? []
    }
  }

  private static func table(_ bars: PredictiveBars) -> PaneTable {
    PaneTable(
      name: "counts",
      [
        (name: "from", values: bars.observed.indices.map { Double(bars.first + $0 * bars.width) }),
        (
          name: "to",
          values: bars.observed.indices.map { Double(bars.first + ($0 + 1) * bars.width - 1) }
        ),
        (name: "observed", values: bars.observed), (name: "mean", values: bars.mean),
        (name: "q5", values: bars.lower), (name: "q95", values: bars.upper),
      ])
  }

  private static func table(_ density: PredictiveDensity) -> PaneTable {
    PaneTable(
      name: "density",
      [(name: "x", values: density.grid), (name: "observed", values: density.observed)]
        + density.replicated.enumerated().map { (name: "simulated\($0 + 1)", values: $1) })
  }

  private static func statistics(_ outcome: OutcomePredictive, item: Int) -> [PaneTable] {
    let all = PaneTable(
      name: "statistics", columns: ["statistic", "observed", "p_at_least", "p_two_sided"],
      rows: outcome.statistics.map { result in
        [
          .text(result.name), .number(result.observed), .number(result.pAtLeast),
          .number(result.pTwoSided),
        ]
      })
    guard item < outcome.statistics.count else { return [all] }
    let shown = outcome.statistics[item]
    return [all, PaneTable(name: "simulated", [(name: shown.name, values: shown.values)])]
  }

  private static func table(_ series: PredictiveSeries) -> PaneTable {
    PaneTable(
      name: "means",
      columns: [series.column, "n", "observed", "q5", "q25", "q50", "q75", "q95"],
      rows: series.position.indices.map { bin in
        [
          series.levels.map { .text($0[bin]) } ?? .number(series.position[bin]),
          .init(series.count[bin]), .number(series.observed[bin]),
        ] + series.quantiles.map { .number($0[bin]) }
      })
  }

  private static func table(_ calibration: PredictiveCalibration) -> PaneTable {
    PaneTable(
      name: "calibration",
      [
        (name: "x", values: calibration.points),
        (name: "difference", values: calibration.difference),
        (name: "lower", values: calibration.lower), (name: "upper", values: calibration.upper),
      ])
  }

  private static func points(_ content: PredictiveContent) -> PaneTable {
    PaneTable(
      name: "pareto",
      columns: [
        "outcome", content.loo?.leftOut ?? "row", "level", "y", "elpd", "pareto_k", "p_loo",
        "mcse_elpd", "n_eff",
      ],
      rows: content.looPoints.map { point in
        [
          .text(point.outcome), .text(point.label), .init(point.level.isEmpty ? nil : point.level),
          .number(point.y), .number(point.elpd), .number(point.paretoK),
          .number(point.effectiveParameters), .number(point.monteCarloError),
          .number(point.effectiveDraws),
        ]
      })
  }

  private static func summary(_ loo: LooReport) -> PaneTable {
    PaneTable(
      name: "loo", columns: ["measure", "estimate", "se"],
      rows: [
        [.text("elpd_loo"), .number(loo.elpd), .number(loo.standardError)],
        [
          .text("p_loo"), .number(loo.effectiveParameters), .number(loo.effectiveParametersError),
        ],
        [.text("elpd_waic"), .number(loo.elpdWAIC), .number(loo.standardErrorWAIC)],
        [.text("p_waic"), .number(loo.effectiveParametersWAIC), .missing],
      ])
  }
}
