// SPDX-License-Identifier: Apache-2.0

/// A plan in the making: first which entries yield to others, then what each entry needs, then the order.
///
/// In files of their own, ``change(for:)`` tells what one entry needs, and ``steps(isStaged:)`` and ``items()`` turn the draft
/// into writes and a preview.
struct PlanDraft {
    let desired: DesiredState
    let observed: ObservedState
    let ownership: Ownership
    let circumstances: Plan.Circumstances

    /// The stand-ins in the kernel, by the names of their entries.
    let standIns: [EntryName: ObservedEntry]
    let withheld: [EntryName: WithheldEntry]
    /// The desired entries that do not yield to others; an index into this is an entry's rank.
    private(set) var slots: [Slot]
    /// What each of the kernel's entries is to the plan, in matching order.
    private(set) var roles: [Role]
    /// The ranks of the wanted entries that are not in the kernel.
    private var absent: [EntryName: Int] = [:]
    /// The desired entries that yield to others.
    private(set) var yielding: [EntryName: WithheldEntry] = [:]
    /// Foreign entries that the plan restores, the oldest first.
    private(set) var restored: [Entry] = []
    /// Whether something has to wait until no other program writes to the registry any more.
    private(set) var hasDeferred = false

    init(
        _ desired: DesiredState, _ observed: ObservedState, _ ownership: Ownership, _ circumstances: Plan.Circumstances
    ) {
        self.desired = desired
        self.observed = observed
        self.ownership = ownership
        self.circumstances = circumstances
        let standIns = Dictionary(
            observed.entries.compactMap { entry in entry.standInFor.map { ($0, entry) } },
            uniquingKeysWith: { first, _ in first })
        self.standIns = standIns
        withheld = Dictionary(desired.withheld.map { ($0.declared.name, $0) }, uniquingKeysWith: { $1 })
        slots = desired.entries.map {
            Slot(wanted: WantedEntry($0, observed, ownership, standIn: standIns[$0.entry.name]))
        }
        roles = Array(repeating: .unwanted(nil), count: observed.entries.count)
    }

    mutating func decide() {
        let lost = circumstances.lost.filter { observed[$0.name] == nil }
        if circumstances.isQuiet { restored = lost }
        if slots.contains(where: \.wanted.desired.declared.isOffer) {
            yieldToDeclared()
            yieldToForeign()
        }
        suspend()
        absent.reserveCapacity(slots.count { $0.wanted.place == nil })
        for (rank, slot) in slots.enumerated() {
            if let place = slot.wanted.place {
                roles[place] = .wanted(rank: rank)
            } else {
                absent[slot.wanted.name] = rank
            }
        }
        restored = restored.filter { rank(of: $0.name) == nil }
        let changes = slots.map { change(for: $0.wanted) }
        for (rank, change) in changes.enumerated() { slots[rank].change = change }
        restoreOrder()
        if circumstances.isQuiet {
            for rank in slots.indices where slots[rank].wanted.hasUsableStandIn { endRepair(rank) }
            for (place, entry) in observed.entries.enumerated() where roles[place].rank == nil {
                roles[place] = .unwanted(unregistration(of: entry))
            }
        } else {
            serveAtOnce()
            hasDeferred = hasDeferred || lost.contains { rank(of: $0.name) == nil }
        }
    }

    func rank(of name: EntryName) -> Int? {
        if let place = observed.place(of: name) { roles[place].rank } else { absent[name] }
    }

    /// What is done to an entry of the kernel.
    func change(at place: Int) -> Change? {
        switch roles[place] {
        case .wanted(let rank): slots[rank].change
        case .unwanted(let change): change
        }
    }

    // MARK: - Which entries yield

    /// An offer yields to a declared entry that insists and has all its files.
    private mutating func yieldToDeclared() {
        let insisting = slots.lazy.map(\.wanted).filter { !$0.desired.declared.isOffer }
        yield { offer in
            let other = insisting.first { $0.entry.recognition.covers(offer.entry.recognition) }
            return other.map { ($0.name, .yieldedToDeclared($0.name, interpreter: $0.entry.interpreter)) }
        }
    }

    /// An offer yields to a foreign entry that is enabled and has all its files, and to one of its own name unless that
    /// equals the offer; a foreign entry that the plan restores counts, one that it removes does not.
    private mutating func yieldToForeign() {
        if removesForeign { return }
        let foreign = foreign
        let namesakes = Dictionary(foreign.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let insisting = Set(slots.lazy.map(\.wanted).filter { !$0.desired.declared.isOffer }.map(\.name))
        let covering = foreign.filter {
            $0.isEnabled && !insisting.contains($0.name) && $0.canRun(without: circumstances.absent)
        }
        yield { offer in
            let name = offer.entry.name
            let namesake = namesakes[name].flatMap { $0.isEnabled && $0.entry == offer.entry ? nil : $0 }
            let other =
                namesake
                ?? covering.first { $0.name != name && $0.recognition?.covers(offer.entry.recognition) == true }
            guard let other else { return nil }
            return (
                other.name,
                .yieldedToForeign(other.name, interpreter: other.interpreter, namesake == nil ? .files : .name)
            )
        }
    }

    /// The foreign entries: those that the plan restores, and those in the kernel.
    private var foreign: [ForeignEntry] {
        restored.reversed().map(ForeignEntry.init)
            + observed.entries.filter { !ownership.owns($0) }.map(ForeignEntry.init)
    }

    private mutating func yield(to taker: (WantedEntry) -> (EntryName, WithheldReason)?) {
        slots = slots.filter { slot in
            let declared = slot.wanted.desired.declared
            guard declared.isOffer, let (other, reason) = taker(slot.wanted) else { return true }
            yielding[slot.wanted.name] = WithheldEntry(
                declared: declared, state: .yielded, reason: reason, taker: other)
            return false
        }
    }

    var removesForeign: Bool { circumstances.policy == .remove && circumstances.unregisters }

    /// An entry that another program keeps changing yields to that program for a while.
    private mutating func suspend() {
        if circumstances.suspended.isEmpty { return }
        slots = slots.filter { slot in
            guard let reason = circumstances.suspended[slot.wanted.name] else { return true }
            yielding[slot.wanted.name] = WithheldEntry(
                declared: slot.wanted.desired.declared, state: .suspended, reason: .suspended(reason), isKept: true)
            return false
        }
    }

    // MARK: - The order

    private mutating func restoreOrder() {
        let first = restored.reversed().map {
            MatchingOrder.Element(entry: $0, rank: MatchingOrder.foreign, insists: false)
        }
        var kept: [MatchingOrder.Element] = []
        for (place, found) in observed.entries.enumerated() where found.standInFor == nil {
            guard let entry = found.understood else { continue }
            if let rank = roles[place].rank {
                if slots[rank].change == nil || slots[rank].change?.kind == .enable {
                    kept.append(Self.element(entry, rank, slots[rank].wanted))
                }
            } else if found.isEnabled, !ownership.owns(found), !removesForeign {
                let canRun = ForeignEntry(found).canRun(without: circumstances.absent)
                kept.append(
                    MatchingOrder.Element(entry: entry, rank: MatchingOrder.foreign, insists: false, canRun: canRun))
            }
        }
        var fresh: [MatchingOrder.Element] = []
        for (rank, slot) in slots.enumerated() {
            guard let change = slot.change, change.kind != .enable else { continue }
            fresh.append(Self.element(slot.wanted.entry, rank, slot.wanted))
        }
        for (moved, other) in MatchingOrder.overtaking(kept: first + kept, fresh: fresh) {
            let entry = slots[moved].wanted
            slots[moved].change = Change(
                kind: .reorder, name: entry.name,
                cause: rank(of: other) == nil ? .overtaken(other) : .mustPrecede(other), before: entry.found?.entry,
                after: entry.entry)
        }
    }

    private static func element(_ entry: Entry, _ rank: Int, _ wanted: WantedEntry) -> MatchingOrder.Element {
        MatchingOrder.Element(entry: entry, rank: rank, insists: !wanted.desired.declared.isOffer)
    }

    // MARK: - While other programs write

    /// Has stand-ins serve the patterns that nothing serves, and defers the rest: a program that removed an entry may be
    /// about to register it again, and must not find its name taken. (Taking the name at once made 10 of 30 restarts of
    /// systemd-binfmt fail with EEXIST; after 100 ms without a write, none.)
    private mutating func serveAtOnce() {
        for (rank, slot) in slots.enumerated() {
            guard let change = slot.change, change.kind != .enable else { continue }
            hasDeferred = true
            slots[rank].change =
                needsStandIn(slot.wanted, change) ? change.with(kind: .serve, cause: change.cause) : nil
        }
        hasDeferred = hasDeferred || !standIns.isEmpty
    }

    /// Whether no entry of the kernel takes the files as declared, so that a stand-in has to.
    private func needsStandIn(_ entry: WantedEntry, _ change: Change) -> Bool {
        switch change.cause {
        // The kernel's entry has an interpreter file, if an old one.
        case .stale, .unknownFile, .reregistered: false
        default: entry.standIn == nil
        }
    }

    /// The entry takes its place again from its stand-in.
    private mutating func endRepair(_ rank: Int) {
        guard let change = slots[rank].change else { return }
        slots[rank].change = change.with(kind: change.kind, cause: .standInServed)
    }
}
