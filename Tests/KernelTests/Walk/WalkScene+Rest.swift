// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport

/// What a walk found to be wrong.
struct WalkFailure: Error, CustomStringConvertible {
    let problem: String
    let log: String
    var description: String { "\(problem)\nThe daemon's log ends with:\n\(log.suffix(3000))" }
}

extension WalkScene {
    /// Waits until the table is as the model says and the files run as it says.
    func rest() throws {
        let daemon = try awake()
        try waitUntilRight(daemon)
        // All may have been right before the daemon saw the last deeds. What it does when it has seen them, or has seen a part
        // of them, belongs to this rest, too.
        try daemon.reload(within: patience)
        try waitUntilRight(daemon)
        lookAtGaps(isAtRest: true)
        if gaps.isAnyOpen, model.suspended.isEmpty, !model.isAnyBroken { throw fail("a protected file is not served") }
        try judge(storm.misses())
        model.collapse(outcomes(try KernelTable()))
        for name in WalkWorld.foreign { registrations[name] = PrivateRegistry.registration(name) }
        mounted = [:]
    }

    private func waitUntilRight(_ daemon: RunningDaemon) throws {
        var problem: String?
        do {
            let end = ContinuousClock.now + patience * 3
            try daemon.wait(within: patience) {
                hear()
                problem = try self.problem()
                return problem == nil || ContinuousClock.now > end
            }
        } catch let silence as RunningDaemon.Silent { throw fail(problem ?? "\(silence)") }
        if let problem { throw fail(problem) }
    }

    /// The daemon, running and with calls that succeed.
    private func awake() throws -> RunningDaemon {
        if isStopped { try setStopped(false) }
        order.cancel()
        hadFault = false
        if daemon == nil { try start() }
        guard let daemon else { throw fail("no daemon runs") }
        return daemon
    }

    func fail(_ problem: String) -> WalkFailure { WalkFailure(problem: problem, log: daemon?.log ?? "") }

    /// No exec may have failed, or have reached another interpreter, but in a gap that another program made.
    func judge(_ misses: [Storm.Miss]) throws {
        excused += misses.count
        let unexcused = misses.filter { !gaps.excuses($0) }
        if let miss = unexcused.first {
            let before = recent.filter { $0.time < miss.end && $0.time > miss.start - 300_000_000 }
            let deeds = before.map { "  \((miss.start - $0.time) / 1000) µs before: \($0.deed)\n" }.joined()
            let name = WalkWorld.protected[miss.file]
            throw fail(
                "\(name) was not served \(unexcused.count) times without a reason, first with \(miss.status) for "
                    + "\((miss.end - miss.start) / 1000) µs, \(gaps.age(of: miss)) after a gap; the deeds were:\n\(deeds)"
            )
        }
        gaps.forget()
    }

    // MARK: - The table

    /// The first thing that is not as the model says; nil if all is.
    private func problem() throws -> String? {
        let table = try KernelTable()
        if !table.isEnabled { return "the registry is disabled" }
        let found = outcomes(table)
        for line in table.lines where found[line.name] == nil {
            let name = String(line.name.dropFirst("~binfmtd~".count))
            if !line.name.hasPrefix("~binfmtd~") { return "\(line.name) is unknown" }
            let isServed = if case .ours(let text) = found[name] { text.hasPrefix("enabled") } else { false }
            if !model.allowsStandIn(name) || isServed { return "the stand-in of \(name) is left" }
        }
        for name in WalkWorld.ours + WalkWorld.foreign {
            let (outcome, allowed) = (found[name] ?? .absent, model.allowed(name))
            let standsIn = table.lines.contains { $0.name == "~binfmtd~" + name }
            if !allowed.contains(outcome), !standsIn || !model.allowsStandIn(name) {
                return "\(name) is \(outcome), not one of \(allowed)"
            }
        }
        return untouchedProblem(found) ?? orderProblem(table) ?? programProblem()
    }

    private func outcomes(_ table: KernelTable) -> [String: WalkModel.Outcome] {
        var found: [String: WalkModel.Outcome] = [:]
        for line in table.lines where (WalkWorld.ours + WalkWorld.foreign).contains(line.name) {
            found[line.name] = line.interpreter.hasSuffix("/opt/foreign") ? .foreign(line.text) : .ours(line.text)
        }
        return found
    }

    /// A foreign entry must be the one that the other program registered.
    private func untouchedProblem(_ found: [String: WalkModel.Outcome]) -> String? {
        if model.flushes > 0 { return nil }
        for name in WalkWorld.foreign where found[name] != nil {
            if PrivateRegistry.registration(name) != registrations[name] { return "\(name) was registered again" }
        }
        return nil
    }

    // MARK: - The order

    private var wanted: [WalkModel.Wanted] {
        WalkWorld.ours.compactMap { name in
            if case .wanted(let wanted) = model.verdict(name) { wanted } else { nil }
        }
    }

    /// The higher rank comes first, and every entry of ours before a foreign one.
    private func orderProblem(_ table: KernelTable) -> String? {
        if model.isAnyBroken || !model.suspended.isEmpty { return nil }
        let ranks = Dictionary(uniqueKeysWithValues: wanted.map { ($0.name, $0.rank) })
        for (place, upper) in table.lines.enumerated() {
            for lower in table.lines[(place + 1)...] where upper.overlaps(lower) {
                // What is kept without being wanted has no place.
                let isForeign = upper.interpreter.hasSuffix("/opt/foreign")
                guard let rank = ranks[lower.name], isForeign || ranks[upper.name] != nil else { continue }
                if isForeign || ranks[upper.name]?.lexicographicallyPrecedes(rank) == true {
                    return "\(upper.name) comes before \(lower.name)"
                }
            }
        }
        return nil
    }

    // MARK: - What runs

    /// Each sample must be run by the current version of its interpreter.
    private func programProblem() -> String? {
        if model.isAnyBroken || !model.suspended.isEmpty { return nil }
        for (index, sample) in WalkWorld.samples.enumerated() {
            let takers = wanted.filter {
                !WalkWorld.qemu.contains($0.name)
                    && sample.hasPrefix(WalkWorld.magic($0.name, length: $0.declaration.length))
            }
            let server = takers.max { $0.rank.lexicographicallyPrecedes($1.rank) }
            guard let interpreter = server?.declaration.interpreter,
                case .version(let version) = model.directories.look(at: interpreter)
            else { continue }
            // A kept entry may take it, too.
            let isSure = WalkWorld.ordinary.allSatisfy { name in
                if case .kept = model.verdict(name) {
                    !sample.hasPrefix(WalkWorld.magic(name, length: 1))
                } else {
                    true
                }
            }
            if !isSure { continue }
            let status = Self.run(host.path(WalkHost.sample(index)))
            if status != Int32(interpreter.status(version)) {
                return "'\(sample)' exits with \(status), not as version \(version) of \(interpreter.path)"
            }
        }
        return nil
    }

    /// - Returns: the exit status, or minus the errno of the exec.
    private static func run(_ file: String) -> Int32 {
        var process: pid_t = 0
        var status: Int32 = 0
        var arguments = [strdup(file), nil]
        defer { free(arguments[0]) }
        let error = posix_spawn(&process, file, nil, nil, &arguments, nil)
        if error != 0 { return -error }
        return waitpid(process, &status, 0) == process && status & 0x7f == 0 ? status >> 8 & 0xff : 256
    }
}
