// SPDX-License-Identifier: Apache-2.0

/// The changes that one pass made, or several, as far as the journal has to mention them.
package struct Deeds: Sendable {
    /// What became of switching the registry as a whole on.
    private(set) var enabling: Result<Void, Outcome.Failure>?
    package private(set) var changes: [Change] = []
    /// Foreign entries that other programs removed, and that are not restored.
    private(set) var removedForeign: [EntryName] = []
    let isProtected: Bool
    let trigger: Trigger

    /// - Parameters:
    ///   - outcomes: what became of each change.
    ///   - enabling: what became of switching the registry as a whole on, if it was off.
    ///   - incident: what other programs did that the pass found.
    init(
        _ outcomes: [Outcome], enabling: Result<Void, Outcome.Failure>?, _ incident: Incident, _ trigger: Trigger
    ) {
        self.enabling = enabling
        self.trigger = trigger
        removedForeign = incident.removedForeign
        isProtected = incident.isProtected
        let done = outcomes.compactMap { $0.result == .done ? $0.change : nil }
        let isReordering = done.contains { $0.kind == .reorder }
        let changed = isReordering ? Set(done.lazy.filter { $0.kind != .reorder }.map(\.name)) : []
        changes = done.filter { Self.isNews($0, changed, incident) }
    }

    package var isEmpty: Bool { changes.isEmpty && enabling == nil }

    /// Adds the deeds of a later pass.
    package mutating func add(_ later: Deeds) {
        enabling = later.enabling ?? enabling
        let known = Set(changes.map(\.key))
        changes += later.changes.filter { !known.contains($0.key) }
        let gone = Set(removedForeign)
        removedForeign += later.removedForeign.filter { !gone.contains($0) }
    }

    /// The entries that other programs changed, and that were restored.
    package var repaired: Set<EntryName> { Set(changes.lazy.filter(\.isRepair).map(\.name)) }

    /// Leaves out the repairs of entries whose repair was logged a moment ago: a restart of systemd-binfmt flushes the table
    /// twice, and then registers the entries, which is one incident.
    package mutating func leaveOutRepetitions(of repaired: Set<EntryName>) {
        guard !repaired.isEmpty, removedForeign.isEmpty else { return }
        changes.removeAll { change in
            guard repaired.contains(change.name) else { return false }
            return switch change.cause {
            case .removed, .reregistered, .unknownFile: true
            default: false
            }
        }
    }

    /// The deeds without some changes.
    package mutating func leaveOut(_ isLeftOut: (Change) -> Bool) { changes.removeAll(where: isLeftOut) }

    /// Whether the journal has to mention a change. It mentions no end of a repair whose beginning it has mentioned, and
    /// no entry that is only registered again to stay ahead of another one.
    ///
    /// - Parameter changed: the entries that were changed for another reason than their order.
    private static func isNews(_ change: Change, _ changed: Set<EntryName>, _ incident: Incident) -> Bool {
        switch (change.kind, change.cause) {
        case (_, .standInServed), (.serve, .mustPrecede): false
        case (_, .reregistered): incident.reported.isEmpty
        case (.serve, .removed): !incident.reported.contains(change.name) || !incident.removedForeign.isEmpty
        case (.reorder, .mustPrecede(let other)): !changed.contains(other)
        default: true
        }
    }
}

extension Change {
    /// Identifies a change: the same kind of change of the same entry is reported once.
    fileprivate struct Key: Hashable {
        let kind: Kind
        let name: EntryName
    }

    fileprivate var key: Key { Key(kind: kind, name: name) }
}
