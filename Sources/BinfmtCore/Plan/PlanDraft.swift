// SPDX-License-Identifier: Apache-2.0

/// A plan in the making: first whose files are whose, then what each entry needs, then the order.
///
/// The writes and the preview that follow from this are in files of their own.
struct PlanDraft {
    let desired: DesiredState
    let observed: ObservedState
    let ownership: Ownership
    let circumstances: Plan.Circumstances

    /// The standIns that are there, by the names of their entries.
    let standIns: [EntryName: ObservedEntry]
    let withheld: [EntryName: WithheldEntry]
    /// Those of the desired entries that are not left to others; an index into this is an entry's rank.
    private(set) var wanted: [WantedEntry] = []
    /// What is done to each, by rank.
    private(set) var changes: [Change?] = []
    /// The rank of each of the kernel's entries that is wanted.
    private(set) var ranks: [Int?]
    /// The ranks of those that the kernel has not.
    private var absent: [EntryName: Int] = [:]
    /// Those of the desired entries that are left to others, and why.
    private(set) var leftToOthers: [EntryName: WithheldEntry] = [:]
    /// What becomes of the kernel's entries that are not wanted, by their places.
    private(set) var removals: [Int: Change] = [:]
    /// Entries that are not ours and are put back, the oldest first.
    private(set) var restored: [Entry] = []
    /// Whether something has to wait until nobody writes to the registry any more.
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
        wanted = desired.entries.map { WantedEntry($0, observed, ownership, standIn: standIns[$0.entry.name]) }
        ranks = Array(repeating: nil, count: observed.entries.count)
    }

    mutating func decide() {
        if circumstances.isQuiet { restored = circumstances.lost.filter { observed[$0.name] == nil } }
        if wanted.contains(where: \.desired.declared.isOffer) {
            yieldToDeclared()
            yieldToForeign()
        }
        suspend()
        absent.reserveCapacity(wanted.count { $0.place == nil })
        for (rank, entry) in wanted.enumerated() {
            if let place = entry.place { ranks[place] = rank } else { absent[entry.name] = rank }
        }
        restored = restored.filter { rank(of: $0.name) == nil }
        changes = wanted.map(change)
        restoreOrder()
        if circumstances.isQuiet {
            for rank in wanted.indices where wanted[rank].hasUsableStandIn { claim(rank) }
            for (place, entry) in observed.entries.enumerated() where ranks[place] == nil {
                removals[place] = unregistration(of: entry)
            }
        } else {
            serveAtOnce()
            let lost = circumstances.lost.filter { observed[$0.name] == nil && rank(of: $0.name) == nil }
            hasDeferred = hasDeferred || !lost.isEmpty
        }
    }

    private func rank(of name: EntryName) -> Int? {
        if let place = observed.place(of: name) { ranks[place] } else { absent[name] }
    }

    /// What is done to one of the kernel's entries.
    func change(at place: Int) -> Change? { if let rank = ranks[place] { changes[rank] } else { removals[place] } }

    /// Whether one of the kernel's entries is ours.
    func isOwned(at place: Int) -> Bool {
        ranks[place].map { wanted[$0].isOwned } ?? ownership.owns(observed.entries[place])
    }

    // MARK: - Whose files they are

    /// An offer is left to whatever else is declared and has all its files.
    private mutating func yieldToDeclared() {
        let insisting = wanted.filter { !$0.desired.declared.isOffer }
        yield { offer in
            guard let other = insisting.first(where: { $0.entry.recognition.covers(offer.entry.recognition) }) else {
                return nil
            }
            return (other.entry.name, "'\(other.entry.name)' has these files (\(other.entry.interpreter))")
        }
    }

    /// An offer is left to a foreign entry that is enabled and has all its files, and to one of its own name unless that
    /// is just as offered; to one that is put back, too. Foreign entries that are to be removed have no say.
    private mutating func yieldToForeign() {
        if removesForeign { return }
        let foreign = foreign
        let namesakes = Dictionary(foreign.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let insisting = Set(wanted.lazy.filter { !$0.desired.declared.isOffer }.map(\.name))
        let covering = foreign.filter { $0.isEnabled && !insisting.contains($0.name) }
        yield { offer in
            let name = offer.entry.name
            let namesake = namesakes[name].flatMap { $0.isEnabled && $0.entry == offer.entry ? nil : $0 }
            let other =
                namesake
                ?? covering.first { $0.name != name && $0.recognition?.covers(offer.entry.recognition) == true }
            guard let other else { return nil }
            let interpreter = other.interpreter.map { " (\($0.printable))" } ?? ""
            let what = namesake == nil ? "has these files" : "has this name"
            return (other.name, "'\(other.name)'\(interpreter), which is not ours, \(what)")
        }
    }

    /// What is not ours: what will be put back, and what is there.
    private var foreign: [ForeignEntry] {
        restored.reversed().map(ForeignEntry.init)
            + observed.entries.filter { !ownership.owns($0) }.map(ForeignEntry.init)
    }

    private mutating func yield(to taker: (WantedEntry) -> (EntryName, String)?) {
        wanted = wanted.filter { offer in
            guard offer.desired.declared.isOffer, let (other, reason) = taker(offer) else { return true }
            leftToOthers[offer.name] = WithheldEntry(
                declared: offer.desired.declared, state: .yielded, reason: reason, taker: other)
            return false
        }
    }

    private var removesForeign: Bool { circumstances.policy == .remove && circumstances.unregisters }

    /// An entry that another program keeps changing is left to it for a while.
    private mutating func suspend() {
        if circumstances.suspended.isEmpty { return }
        wanted = wanted.filter { entry in
            guard let reason = circumstances.suspended[entry.name] else { return true }
            leftToOthers[entry.name] = WithheldEntry(
                declared: entry.desired.declared, state: .suspended, reason: reason, isKept: true)
            return false
        }
    }

    // MARK: - What each entry needs

    private func change(for wanted: WantedEntry) -> Change? {
        let record = wanted.record
        guard let found = wanted.found else {
            let cause: Change.Cause = wanted.standIn != nil ? .claimed : record != nil ? .removed : .declared
            return Change(kind: .register, name: wanted.name, cause: cause, before: nil, after: wanted.entry)
        }
        func change(_ kind: Change.Kind, _ cause: Change.Cause) -> Change {
            Change(kind: kind, name: wanted.name, cause: cause, before: found.entry, after: wanted.entry)
        }
        // What the file that it came from would say now, nobody knows.
        if let file = record?.declaredIn, circumstances.isBroken(file),
            wanted.desired.declared.location?.file != file, wanted.isOwned
        {
            return nil
        }
        let isRecorded = wanted.isRecorded
        if let difference = difference(wanted.entry, found, isRecorded: isRecorded) {
            return change(.replace, .differs(difference))
        }
        if wanted.entry.flags.contains(.fixBinary), let file = wanted.desired.interpreterFile {
            guard isRecorded || record?.registration == nil else { return change(.replace, .registeredAnew) }
            guard let held = isRecorded ? record?.interpreter : nil else { return change(.replace, .unknownFile) }
            if held != file { return change(.replace, .stale(wanted.entry.interpreter)) }
        }
        return found.isEnabled ? nil : change(.enable, .disabled)
    }

    private func difference(_ desired: Entry, _ found: ObservedEntry, isRecorded: Bool) -> String? {
        // Of an entry that we registered, what a later kernel says beyond that was no choice of anybody's.
        guard let entry = isRecorded ? found.understood : found.entry else {
            if case .failure(let malformed) = found.status { return "\(malformed)" }
            return "the kernel has a kind of entry that binfmtd does not know"
        }
        var differences: [String] = []
        if entry.interpreter != desired.interpreter {
            differences.append("interpreter \(entry.interpreter.printable) → \(desired.interpreter)")
        }
        if entry.flags != desired.flags {
            differences.append("flags '\(entry.flags.letters)' → '\(desired.flags.letters)'")
        }
        if entry.recognition != desired.recognition {
            differences.append("\(entry.recognition) → \(desired.recognition)")
        }
        return differences.isEmpty ? nil : differences.joined(separator: ", ")
    }

    // MARK: - The order

    private mutating func restoreOrder() {
        let first = restored.reversed().map {
            MatchingOrder.Element(entry: $0, rank: MatchingOrder.foreign, insists: false)
        }
        var kept: [MatchingOrder.Element] = []
        for (place, found) in observed.entries.enumerated() where found.standInFor == nil {
            guard let entry = found.understood else { continue }
            if let rank = ranks[place] {
                if changes[rank] == nil || changes[rank]?.kind == .enable {
                    kept.append(Self.element(entry, rank, wanted[rank]))
                }
            } else if found.isEnabled, !ownership.owns(found), !removesForeign {
                kept.append(MatchingOrder.Element(entry: entry, rank: MatchingOrder.foreign, insists: false))
            }
        }
        var fresh: [MatchingOrder.Element] = []
        for (rank, change) in changes.enumerated() {
            if let change, change.kind != .enable { fresh.append(Self.element(wanted[rank].entry, rank, wanted[rank])) }
        }
        for (moved, other) in MatchingOrder.overtaking(kept: first + kept, fresh: fresh) {
            let entry = wanted[moved]
            changes[moved] = Change(
                kind: .reorder, name: entry.name,
                cause: rank(of: other) == nil ? .overtaken(other) : .mustPrecede(other), before: entry.found?.entry,
                after: entry.entry)
        }
    }

    private static func element(_ entry: Entry, _ rank: Int, _ wanted: WantedEntry) -> MatchingOrder.Element {
        MatchingOrder.Element(entry: entry, rank: rank, insists: !wanted.desired.declared.isOffer)
    }

    // MARK: - While others write

    /// Has every pattern served, and leaves the rest for later: whoever removed an entry may be about to register it
    /// again under its name, and must not find that taken. (Taking it at once made 10 of 30 restarts of systemd-binfmt
    /// fail with EEXIST; after 100 ms without a write, none.)
    private mutating func serveAtOnce() {
        for (rank, entry) in wanted.enumerated() {
            guard let change = changes[rank], change.kind != .enable else { continue }
            hasDeferred = true
            changes[rank] = needsStandIn(entry, change) ? change.as(.serve, change.cause) : nil
        }
        hasDeferred = hasDeferred || !standIns.isEmpty
    }

    /// Whether an entry's files are not taken by what is declared for them, so that a standIn has to.
    private func needsStandIn(_ entry: WantedEntry, _ change: Change) -> Bool {
        switch change.cause {
        // The kernel has a file for it, if an old one.
        case .stale, .unknownFile, .registeredAnew: false
        default: entry.standIn == nil
        }
    }

    /// Ends a repair: the entry takes its place again from its standIn.
    private mutating func claim(_ rank: Int) {
        guard let change = changes[rank] else { return }
        changes[rank] = change.as(change.kind, .claimed)
    }

    // MARK: - What has to go

    private func unregistration(of found: ObservedEntry) -> Change? {
        func change(_ cause: Change.Cause, for subject: EntryName? = nil) -> Change {
            Change(
                kind: .unregister, name: found.name, cause: cause, before: found.understood, after: nil,
                subject: subject)
        }
        if let real = found.standInFor {
            let rank = rank(of: real)
            let isOnly = observed[real] == nil && rank == nil && !restored.contains { $0.name == real }
            let isKept = (withheld[real] ?? leftToOthers[real])?.isKept == true
            // It may be all that serves an entry whose interpreter comes back, or that a broken file meant to declare.
            if isOnly, isKept || !circumstances.unregisters { return nil }
            let isRepairs = rank.map { wanted[$0].hasUsableStandIn } ?? (leftToOthers[real] != nil)
            return change(isRepairs ? .claimed : .leftover, for: real)
        }
        if !ownership.owns(found) { return removesForeign ? change(.foreign) : nil }
        guard circumstances.unregisters else { return nil }
        if let withheld = withheld[found.name] ?? leftToOthers[found.name] {
            // Not before what takes its files is there.
            return withheld.isKept ? nil : change(.withheld(withheld.reason), for: withheld.taker)
        }
        return change(.undeclared)
    }
}
