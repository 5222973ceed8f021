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
    let outcomes: [Outcome]
    /// "2 entries released."; nil if nothing was tried.
    let count: String?
    /// The reasons why entries stay registered, beside those of ``outcomes``.
    let reasons: [String]

    /// One line for the whole result.
    var summary: String { ([count].compactMap(\.self) + reasons).joined(separator: " ") }

    /// Every reason why an entry stays registered.
    var problems: [String] {
        outcomes.compactMap { outcome in outcome.failure.map { "Entry '\(outcome.change.name)': \($0)" } } + reasons
    }

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
            let (outcomes, foreign, missing) = try Self.release(hostPaths, names, scope)
            let count = outcomes.count { $0.failure == nil }
            self.init(
                verdict: foreign.isEmpty && count == outcomes.count ? .released : .degraded, outcomes: outcomes,
                count: "\(counted(count, "entry", "entries")) released.",
                reasons: foreign.map(Self.isForeign) + missing.map(Self.isMissing))
        } catch RegistryUnavailable.keptByAnother {
            self.init(verdict: .refused, outcomes: [], count: nil, reasons: Self.refusals(hostPaths, names))
        } catch {
            self.init(.unavailable, "\(error)")
        }
    }

    /// Unregisters entries of other programs.
    init(_ hostPaths: HostPaths, foreign names: [String]) {
        do {
            let reconciler = try hostPaths.reconciler { () throws(RegistryUnavailable) in
                try hostPaths.openRegistry()
            }
            let (outcomes, owned, missing) = try reconciler.releaseForeign(
                Set(names.map { EntryName(observed: $0.utf8) }))
            let count = outcomes.count { $0.failure == nil }
            self.init(
                verdict: owned.isEmpty && missing.isEmpty && count == outcomes.count ? .released : .degraded,
                outcomes: outcomes, count: "\(counted(count, "foreign entry", "foreign entries")) released.",
                reasons: owned.map { "'\($0)' is binfmtd's own: release it without --foreign." }
                    + missing.map(Self.isMissing))
        } catch {
            self.init(.unavailable, "\(error)")
        }
    }

    private static func isForeign(_ name: EntryName) -> String {
        "'\(name)' was not registered by binfmtd: release it with --foreign."
    }

    private static func isMissing(_ name: EntryName) -> String { "No entry '\(name)' is registered." }

    /// Why nothing is released while the daemon runs.
    private static func refusals(_ hostPaths: HostPaths, _ names: [String]) -> [String] {
        guard let snapshot = HostStatus(hostPaths).snapshot, !names.isEmpty else { return [isKept] }
        let owned = Set(snapshot.plan.items.filter(\.isOwned).map(\.name))
        let wanted = Set(names.map { EntryName(observed: $0.utf8) }).sorted()
        let others = wanted.filter { !owned.contains($0) }
        let kept = others.count == wanted.count ? [] : [isKept + isDeclared]
        return kept + others.map { snapshot.observed[$0] == nil ? isMissing($0) : isForeign($0) }
    }

    private static let isKept =
        "binfmtd is running and keeps these entries registered. Stop it first: systemctl stop binfmtd"

    private static let isDeclared = "; to have it remove an entry, declare the entry with enabled = false"

    /// The result of doing nothing.
    private init(_ verdict: Verdict, _ reason: String) {
        self.init(verdict: verdict, outcomes: [], count: nil, reasons: [reason])
    }

    private static func release(
        _ hostPaths: HostPaths, _ names: [String], _ scope: Scope
    ) throws -> (outcomes: [Outcome], foreign: [EntryName], missing: [EntryName]) {
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
