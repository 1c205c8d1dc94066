// How much time background work may take, on average.

import Glibc

/// Seconds that this thread has had of a processor; waiting for one on a busy machine does not count.
func processorTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// An account of seconds that background work may take: it fills with time, and work is paid from it.
struct WorkAllowance {
  private var balance: Double
  private var time: Double
  private let share: Double
  private let most: Double

  /// An account.
  ///
  /// - Parameters:
  ///   - share: the part of all time that work may take in the long run.
  ///   - start: the seconds in it at the start, so that what is wanted first does not wait.
  ///   - most: the most seconds that are saved up later.
  init(share: Double, start: Double, most: Double, now: Double) {
    self.share = share
    self.most = most
    balance = start
    time = now
  }

  /// Pays for work that was done.
  mutating func spend(_ seconds: Double, at now: Double) {
    fill(now)
    balance -= seconds
  }

  /// When there is something in it again; not later than now if there is.
  mutating func nextTime(after now: Double) -> Double {
    fill(now)
    return balance > 0 ? now : now - balance / share + 0.001
  }

  private mutating func fill(_ now: Double) {
    let gain = max(0, now - time) * share
    time = max(time, now)
    if balance < most { balance = min(most, balance + gain) }
  }
}
