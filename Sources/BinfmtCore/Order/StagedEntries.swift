// SPDX-License-Identifier: Apache-2.0

/// The entries that were registered disabled (`D`, Linux 7.3), as far as they can be told: the kernel does not print it.
///
/// The kernel gives such an entry its place in the matching order when it is first enabled, ahead of all that are there
/// then, but lists it in the order of registration. So an entry that was disabled when it was first seen is taken to be
/// ahead of those that were there when it was first seen enabled: if it had its place before, then one of ours may be
/// registered again without need, and after that the order is certain.
package struct StagedEntries: Sendable {
    /// The entries that have been seen disabled only.
    private var disabled: Set<RegistrationIdentity> = []
    /// The others that were disabled when they were first seen, in the order in which they were enabled.
    private var enabled: [(registration: RegistrationIdentity, below: Set<RegistrationIdentity>)] = []

    package init() {}

    /// - Parameters:
    ///   - listed: the entries in the order in which the kernel lists them.
    ///   - earlier: the last observation.
    ///   - hasStaging: whether the kernel has `D`; asked only where it matters.
    /// - Returns: the entries in matching order.
    package mutating func arrange(
        _ listed: [ObservedEntry], after earlier: ObservedState?, hasStaging: () -> Bool
    ) -> [ObservedEntry] {
        let isPlain = disabled.isEmpty && enabled.isEmpty && listed.allSatisfy(\.isEnabled)
        if isPlain { return listed }
        var present: [RegistrationIdentity: ObservedEntry] = Dictionary(minimumCapacity: listed.count)
        for entry in listed { present[entry.registration] = entry }
        disabled = disabled.filter { present[$0] != nil }
        enabled.removeAll { present[$0.registration] == nil }
        for entry in listed {
            if !entry.isEnabled {
                if earlier?[entry.name]?.registration != entry.registration { disabled.insert(entry.registration) }
            } else if disabled.contains(entry.registration), hasStaging() {
                disabled.remove(entry.registration)
                enabled.append((entry.registration, Set(present.keys).subtracting([entry.registration])))
            }
        }
        if enabled.isEmpty { return listed }
        let late = Set(enabled.map(\.registration))
        var order = listed.filter { !late.contains($0.registration) }
        for (registration, below) in enabled {
            guard let entry = present[registration] else { continue }
            let place = order.firstIndex { below.contains($0.registration) } ?? order.endIndex
            order.insert(entry, at: place)
        }
        return order
    }
}
