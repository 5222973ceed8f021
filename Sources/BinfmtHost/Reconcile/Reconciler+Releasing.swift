// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

extension Reconciler {
    /// Unregisters the entries that are ours.
    ///
    /// - Parameter names: only these entries; nil for all.
    /// - Returns: the outcome of each, and those of the names that are foreign, and that nothing is registered under.
    /// - Throws: the reason why there is no registry.
    package func release(
        _ names: Set<EntryName>?
    ) throws(RegistryUnavailable) -> (outcomes: [Outcome], foreign: [EntryName], missing: [EntryName]) {
        let observed = try observe()
        ownership.load()
        let owned = ownership.ownership
        let plan = Plan(releasing: names, observed, owned)
        let applied = try carryOut(plan)
        ownership.keep(owned.recorded(after: plan, try observe()))
        let foreign = (names ?? []).filter { name in observed[name].map { !owned.owns($0) } ?? false }
        return (applied.outcomes, foreign.sorted(), (names ?? []).filter { observed[$0] == nil }.sorted())
    }

    /// Unregisters entries of other programs. A daemon may be running, because it leaves these alone.
    ///
    /// - Returns: the outcome of each, and the names that are ours, or that nothing is registered under.
    /// - Throws: the reason why there is no registry.
    package func releaseForeign(
        _ names: Set<EntryName>
    ) throws(RegistryUnavailable) -> (outcomes: [Outcome], owned: [EntryName], missing: [EntryName]) {
        let observed = try observe()
        ownership.load()
        let applied = try carryOut(Plan(releasingForeign: names, observed, ownership.ownership))
        let owned = names.filter { name in observed[name].map(ownership.ownership.owns) ?? false }
        return (applied.outcomes, owned.sorted(), names.filter { observed[$0] == nil }.sorted())
    }

    /// The entries of ours that may hold another file system than this directory's: the file that the kernel holds open
    /// is no longer at its path, or is on another mount.
    package func ownedElsewhere(than directory: FilePath) throws(RegistryUnavailable) -> Set<EntryName> {
        let observed = try observe()
        ownership.load()
        let owned = ownership.ownership
        let mount = Mounts.number(of: directory)
        let held = observed.entries.filter { found in
            guard owned.owns(found), let paths = found.understood?.namedInterpreters,
                let held = owned.records[found.standInFor ?? found.name]?.interpreter
            else { return false }
            let current = paths.compactMap { try? Stat($0) }.map { FileIdentity($0) }
            return current != held.files || paths.contains { Mounts.number(of: $0) != mount }
        }
        return Set(held.map { $0.standInFor ?? $0.name })
    }
}
