// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost

/// The result of unregistering entries of binfmtd's.
struct ReleaseResult {
    enum Verdict: String, Encodable, CaseIterable {
        case released
        /// Some of the named entries are still registered.
        case degraded
        /// The daemon is running, and nothing was changed.
        case refused
        case unavailable
    }

    let verdict: Verdict
    let summary: String
    let outcomes: [Outcome]

    /// Which entries may be released.
    enum Scope {
        case everywhere
        /// Those whose interpreter, held by the kernel, is on a file system other than /.
        case offRoot
    }
}

extension ReleaseResult {
    /// Unregisters the entries.
    ///
    /// - Parameters:
    ///   - names: the entries; all if empty.
    ///   - scope: which of these.
    init(_ hostPaths: HostPaths, _ names: [String], _ scope: Scope) {
        do {
            let (outcomes, foreign) = try Self.release(hostPaths, names, scope)
            let count = outcomes.count { $0.failure == nil }
            let remarks = foreign.map { " '\($0)' was not registered by binfmtd." }
            verdict = foreign.isEmpty && count == outcomes.count ? .released : .degraded
            summary = "\(counted(count, "entry", "entries")) released." + remarks.joined()
            self.outcomes = outcomes
        } catch RegistryUnavailable.keptByAnother {
            verdict = .refused
            summary = "binfmtd is running and keeps these entries registered. Stop it first: systemctl stop binfmtd"
            outcomes = []
        } catch {
            verdict = .unavailable
            summary = "\(error)"
            outcomes = []
        }
    }

    private static func release(
        _ hostPaths: HostPaths, _ names: [String], _ scope: Scope
    ) throws -> (outcomes: [Outcome], foreign: [EntryName]) {
        let reconciler = try hostPaths.reconciler { () throws(RegistryUnavailable) in
            try hostPaths.lockRegistry()
        }
        var wanted = names.isEmpty ? nil : Set(names.map { EntryName(observed: $0.utf8) })
        if scope == .offRoot {
            let elsewhere = try reconciler.ownedElsewhere(than: "/")
            wanted = wanted?.intersection(elsewhere) ?? elsewhere
        }
        return try reconciler.release(wanted)
    }
}

extension ReleaseResult {
    /// A line for each entry, then the summary.
    func text(_ terminal: Terminal) -> String {
        let lines = outcomes.map { outcome in
            outcome.failure.map { "Entry '\(outcome.change.name)': \($0)" } ?? "- \(outcome.change.name)"
        }
        return (lines + [summary]).map { terminal.prose($0, hanging: 2) }.joined(separator: "\n")
    }
}
