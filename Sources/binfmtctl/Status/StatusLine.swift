// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// The status of one entry.
struct StatusLine {
    let item: Plan.Item
    let state: EntryState
    let reason: EntryReason?
    /// The position in the kernel's matching order, from 1; nil if the entry is not registered.
    let order: Int?
    /// What only the daemon knows about the entry.
    let record: DaemonStatus.Record?

    var name: String { item.name.description }
    var entry: Entry? { item.desired?.entry ?? item.observed?.entry }
    var flags: EntryFlags { entry?.flags ?? item.declared?.flags ?? [] }
    /// Nil also for an entry of type B, whose handler chooses.
    var interpreter: FilePath? {
        if recognition?.handler != nil { return nil }
        return entry.map(\.namedInterpreter) ?? item.declared?.interpreters.first
    }
    var recognition: Recognition? { entry?.recognition ?? item.declared?.recognition }

    /// The recognition with the platform as Docker writes it: "ELF 64-bit little-endian AArch64 (linux/arm64)".
    var recognitionAndPlatform: String {
        (recognition?.description ?? "-") + (recognition?.platform.map { " (\($0))" } ?? "")
    }

    /// The reason, unless it only repeats the state.
    var remark: String? {
        switch (state, item.change?.cause) {
        case (.pending, .declared), (.disabled, _), (.native, _): nil
        default: reason?.description
        }
    }

    /// Whether it is for programs of another machine, and known to the kernel or with an interpreter on this host.
    var isEmulator: Bool {
        if order == nil, item.declared?.qemuTarget != nil { return true }
        guard order != nil || item.desired?.interpreterFiles != nil, case .magic(let pattern) = recognition else {
            return false
        }
        return pattern.identity != nil
    }

    /// Where it is declared, or why nowhere.
    var origin: String {
        if let declared = item.declared { return declared.location?.place ?? "by default" }
        if case .masked(let mask) = reason { return "masked by \(mask.printable)" }
        return item.isOwned ? "no longer" : "foreign"
    }

    /// Whether the kernel looks up the interpreter in the root of each program, and this host has none.
    var isForContainers: Bool {
        guard state == .active, let desired = item.desired else { return false }
        return desired.interpreterFiles == nil && desired.entry.namedInterpreter != nil
            && !desired.entry.holdsInterpreters
    }
}

extension StatusLine {
    /// The lines of all entries of a snapshot, in the kernel's matching order; entries that are not registered come last.
    static func all(in snapshot: HostSnapshot, _ daemon: DaemonStatus?) -> [StatusLine] {
        let shadowing = snapshot.observed.entries.shadowing
        // A stand-in is listed only where its entry is not.
        let names = Set(snapshot.plan.items.map(\.name))
        let items = snapshot.plan.items.filter { item in
            item.observed?.standInFor.map { !names.contains($0) } ?? true
        }
        return items.map { item in
            let other = item.state == .active ? shadowing[item.name] : nil
            return StatusLine(
                item: item, state: other == nil ? item.state : .shadowed,
                reason: other.map { .shadowed(by: $0) } ?? item.reason,
                order: snapshot.observed.place(of: item.name).map { $0 + 1 }, record: daemon?.entries[item.name])
        }
    }
}
