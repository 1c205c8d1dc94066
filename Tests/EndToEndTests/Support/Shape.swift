// The shape of a JSON value: which members there are and of which types.

import Foundation

/// What a JSON value has to look like.
indirect enum Shape: Sendable {
  case text
  /// Exactly this text.
  case word(String)
  case number
  /// A number, or null where it is not finite.
  case numberOrNull
  case flag
  /// Members that have to be there; others may not be.
  case object([String: Shape], optional: [String: Shape] = [:])
  /// Members of any name.
  case dictionary(Shape)
  /// At least so many elements, all alike.
  case array(Shape, atLeast: Int = 0)

  /// What is wrong with a value, each with its place; nothing if it fits.
  func complaints(about value: Any?, at place: String = "$") -> [String] {
    guard let value else { return ["\(place) is missing"] }
    switch self {
    case .text: return value is String ? [] : ["\(place) is not a text: \(value)"]
    case .word(let word):
      return value as? String == word ? [] : ["\(place) is not '\(word)' but \(value)"]
    case .number: return Self.isNumber(value) ? [] : ["\(place) is not a number: \(value)"]
    case .numberOrNull:
      return Self.isNumber(value) || value is NSNull ? [] : ["\(place) is not a number: \(value)"]
    case .flag: return Self.isFlag(value) ? [] : ["\(place) is not true or false: \(value)"]
    case .object(let members, let optional):
      guard let object = value as? [String: Any] else { return ["\(place) is not an object"] }
      let all = members.merging(optional) { first, _ in first }
      let strange = object.keys.filter { all[$0] == nil }.map { "\(place).\($0) is unknown" }
      return strange
        + all.flatMap { name, shape in
          members[name] == nil && object[name] == nil
            ? [] : shape.complaints(about: object[name], at: "\(place).\(name)")
        }
    case .dictionary(let shape):
      guard let object = value as? [String: Any] else { return ["\(place) is not an object"] }
      return object.flatMap { shape.complaints(about: $0.value, at: "\(place).\($0.key)") }
    case .array(let shape, let least):
      guard let array = value as? [Any] else { return ["\(place) is not an array"] }
      guard array.count >= least else { return ["\(place) has \(array.count) elements"] }
      return array.enumerated().flatMap {
        shape.complaints(about: $0.element, at: "\(place)[\($0.offset)]")
      }
    }
  }

  private static func isFlag(_ value: Any) -> Bool {
    (value as? NSNumber).map { CFNumberIsBoolean($0) } ?? false
  }

  private static func isNumber(_ value: Any) -> Bool {
    (value as? NSNumber).map { !CFNumberIsBoolean($0) } ?? false
  }

  /// Foundation keeps true and false as numbers of one byte.
  private static func CFNumberIsBoolean(_ number: NSNumber) -> Bool {
    String(cString: number.objCType) == "c" || String(cString: number.objCType) == "B"
  }
}

extension Shape {
  private static let term = Shape.object(["outcome": .text, "dpar": .text, "term": .text])

  private static let model = Shape.object([
    "formula": .text,
    "outcomes": .array(
      .object(["name": .text, "family": .text, "link": .text, "nobs": .number]), atLeast: 1),
    "groups": .dictionary(.number),
  ])

  private static let warnings = Shape.array(
    .object(["code": .text, "message": .text, "advice": .text]))

  private static let priors = Shape.array(
    .object(["class": .text, "target": .text, "prior": .text], optional: ["default": .flag]),
    atLeast: 1)

  private static let matrix = Shape.array(.array(.numberOrNull, atLeast: 1), atLeast: 1)

  private static let randomMembers: [String: Shape] = [
    "group": .text, "structure": .text, "levels": .number, "terms": .array(term, atLeast: 1),
    "sd": .array(.numberOrNull, atLeast: 1), "cor": matrix, "cov": matrix,
  ]

  /// The result of maximum likelihood.
  static let likelihood = Shape.object(
    [
      "schema": .word("mglmm-fit/1"), "method": .text, "approximation": .text, "model": model,
      "converged": .flag, "logLik": .number, "df": .number, "nobs": .number, "AIC": .number,
      "BIC": .number,
      "fixed": .array(
        .object([
          "outcome": .text, "dpar": .text, "term": .text, "estimate": .number, "se": .number,
          "z": .number, "p": .number,
        ]), atLeast: 1),
      "dispersion": .array(
        .object(
          ["outcome": .text, "parameter": .text, "estimate": .number, "se": .numberOrNull],
          optional: ["fixed": .flag])),
      "random": .array(
        .object(
          randomMembers,
          optional: ["fixed": .array(.flag), "sd_se": .array(.numberOrNull), "cor_se": matrix])),
      "optimizer": .object([
        "name": .text, "iterations": .number, "evaluations": .number, "gradient_max": .number,
        "seconds": .number,
      ]),
      "warnings": warnings,
    ],
    optional: [
      "priors": priors,
      "modes": .array(
        .object([
          "group": .text, "levels": .array(.text), "terms": .array(term), "mode": matrix,
          "se": matrix,
        ]), atLeast: 1),
    ])

  /// The result of sampling.
  static let posterior = Shape.object([
    "schema": .word("mglmm-fit/1"), "method": .word("mcmc"), "model": model,
    "priors": priors,
    "parameters": .array(parameter, atLeast: 1),
    "sampler": .object([
      "algorithm": .text, "chains": .number, "warmup": .number, "draws": .number,
      "divergences": .number, "max_treedepth_hits": .number, "ebfmi": .array(.numberOrNull),
      "gradient_evaluations": .number, "cpu_seconds": .number, "seconds": .number,
      "seconds_warmup": .number, "seconds_sampling": .number,
    ]),
    "random": .array(
      .object(randomMembers.merging(["q2.5": matrix, "q97.5": matrix]) { first, _ in first })),
    "warnings": warnings,
  ])

  private static let parameter = Shape.object([
    "name": .text, "mean": .numberOrNull, "sd": .numberOrNull, "mcse_mean": .numberOrNull,
    "mcse_sd": .numberOrNull, "q2.5": .numberOrNull, "q25": .numberOrNull, "q50": .numberOrNull,
    "q75": .numberOrNull, "q97.5": .numberOrNull, "rhat": .numberOrNull, "ess_bulk": .numberOrNull,
    "ess_tail": .numberOrNull,
  ])

  /// The residuals of a run; what the dashboard needs beside the tests may be there.
  static let residuals = Shape.object(
    [
      "schema": .word("mglmm-residuals/1"), "simulations": .number, "conditional": .flag,
      "seed": .number,
      "outcomes": .array(
        .object(
          [
            "name": .text, "n": .number, "scaled": .array(.number, atLeast: 1),
            "lower": .array(.number, atLeast: 1), "upper": .array(.number, atLeast: 1),
            "tests": residualTests,
          ],
          optional: [
            "fitted": .array(.number), "curves": .dictionary(.array(.number)),
            "calibrated": .array(.text),
            "predictors": .array(
              .object(
                ["name": .text, "p": .number],
                optional: [
                  "x": .array(.number), "y": .array(.number), "by_quantile": .array(.number),
                  "curves": .dictionary(.array(.number)), "spread": test,
                  "levels": .array(
                    .object([
                      "name": .text, "n": .number, "quartiles": .array(.number, atLeast: 5),
                      "p": .number,
                    ])),
                ])),
          ]), atLeast: 1),
    ],
    optional: [
      "points": .number,
      "unconditional": .object([
        "outcomes": .array(
          .object(
            [
              "name": .text, "n": .number, "scaled": .array(.number, atLeast: 1),
              "tests": residualTests, "fitted": .array(.number),
            ],
            optional: [
              "curves": .dictionary(.array(.number)), "calibrated": .array(.text),
              "groups": .array(
                .object([
                  "name": .text, "n": .number, "scaled": .array(.number), "tests": residualTests,
                ])),
            ]))
      ]),
      "correlations": .array(
        .object([
          "outcomes": .array(.text, atLeast: 2), "n": .number, "correlation": .number,
          "q2.5": .number, "q97.5": .number, "p": .number,
        ])),
      "further": .array(
        .object([
          "test": .text, "outcome": .text, "along": .text, "statistic": .numberOrNull,
          "p": .number, "meaning": .text,
        ])),
    ])

  private static let residualTests = Shape.object(
    ["uniformity": test, "dispersion": test, "outliers": test],
    optional: [
      "zero_inflation": test,
      "quantiles": .object(["p": .number, "by_quantile": .array(.number, atLeast: 3)]),
    ])

  private static let test = Shape.object(["statistic": .number, "p": .number])
}
