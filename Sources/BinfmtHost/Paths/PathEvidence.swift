// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// What lstat(2) said of every step of some paths. As long as it says the same, each path leads where it led. See
/// docs/performance.md.
struct PathEvidence {
    private var steps: [Step] = []
    /// The clock's last tick before the first step.
    private let tick = Clock.lastTick()
    /// False if a path could lead elsewhere while lstat(2) says the same.
    private(set) var isSettled = true

    private struct Step {
        /// A path, with a closing NUL.
        let place: [UInt8]
        let answer: Answer
    }

    private enum Answer: Equatable {
        case found(FileStamp)
        case failed(Errno)

        init(_ own: Result<Stat, Errno>) {
            switch own {
            case .success(let stat): self = .found(FileStamp(stat))
            case .failure(let error): self = .failed(error)
            }
        }

        func isSettled(at tick: FileTime) -> Bool {
            switch self {
            case .found(let stamp): stamp.isSettled(at: tick)
            case .failed(let error): !error.isTransient
            }
        }
    }

    mutating func add(_ place: [UInt8], _ own: Result<Stat, Errno>) {
        let answer = Answer(own)
        steps.append(Step(place: place, answer: answer))
        if !answer.isSettled(at: tick) { doubt() }
    }

    mutating func doubt() { isSettled = false }

    /// Asks lstat(2) again.
    ///
    /// - Returns: whether each path certainly leads where it led.
    func holds() -> Bool { isSettled && steps.allSatisfy { Answer(PathResolver.look(at: $0.place)) == $0.answer } }
}
