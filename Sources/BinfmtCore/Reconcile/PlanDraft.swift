// SPDX-License-Identifier: Apache-2.0

/// A plan in the making: first whose files are whose, then what each entry needs, then the order.
///
/// The writes and the picture that follow from this are in files of their own.
struct PlanDraft {
    let desired: DesiredState
    let observed: ObservedState
    let ownership: Ownership
    let circumstances: Plan.Circumstances

    let present: [EntryName: ObservedEntry]
    /// The shadows that are there, by the names of their entries.
    let shadows: [EntryName: ObservedEntry]
    let withheld: [EntryName: WithheldEntry]
    /// Those of the desired entries that are not left to others; an index into this is an entry's rank.
    private(set) var wanted: [DesiredEntry] = []
    private(set) var rank: [EntryName: Int] = [:]
    /// Those that are, and why.
    private(set) var leftToOthers: [EntryName: WithheldEntry] = [:]
    private(set) var changes: [EntryName: Change] = [:]
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
        present = observed.byName
        shadows = Dictionary(
            observed.entries.compactMap { entry in entry.shadowed.map { ($0, entry) } },
            uniquingKeysWith: { first, _ in first })
        withheld = Dictionary(desired.withheld.map { ($0.declared.name, $0) }, uniquingKeysWith: { $1 })
    }

    mutating func decide() {
        wanted = desired.entries
        if circumstances.isQuiet { restored = circumstances.lost.filter { present[$0.name] == nil } }
        if wanted.contains(where: \.declared.isOffer) {
            yieldToDeclared()
            yieldToForeign()
        }
        suspend()
        rank.reserveCapacity(wanted.count)
        for (index, entry) in wanted.enumerated() { rank[entry.entry.name] = index }
        restored.removeAll { rank[$0.name] != nil }
        for entry in wanted {
            if let change = change(for: entry) { changes[entry.entry.name] = change }
        }
        restoreOrder()
        if circumstances.isQuiet {
            for entry in wanted where hasUsableShadow(entry) { claim(entry) }
            for entry in observed.entries where rank[entry.name] == nil {
                changes[entry.name] = unregistration(of: entry)
            }
        } else {
            serveAtOnce()
            let lost = circumstances.lost.filter { present[$0.name] == nil && rank[$0.name] == nil }
            hasDeferred = hasDeferred || !lost.isEmpty
        }
    }

    /// Whether the shadow that is there already does what the entry is to do.
    func hasUsableShadow(_ desired: DesiredEntry) -> Bool {
        guard let shadow = shadows[desired.entry.name], shadow.isEnabled, let entry = shadow.understood else {
            return false
        }
        return entry.hasSameContent(as: desired.entry)
    }

    // MARK: - Whose files they are

    /// An offer is left to whatever else is declared and has all its files.
    private mutating func yieldToDeclared() {
        let insisting = wanted.filter { !$0.declared.isOffer }
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
        let insisting = Set(wanted.lazy.filter { !$0.declared.isOffer }.map(\.entry.name))
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

    private mutating func yield(to taker: (DesiredEntry) -> (EntryName, String)?) {
        wanted = wanted.filter { offer in
            guard offer.declared.isOffer, let (other, reason) = taker(offer) else { return true }
            leftToOthers[offer.entry.name] = WithheldEntry(
                declared: offer.declared, state: .yielded, reason: reason, taker: other)
            return false
        }
    }

    private var removesForeign: Bool { circumstances.policy == .remove && circumstances.unregisters }

    /// An entry that another program keeps changing is left to it for a while.
    private mutating func suspend() {
        if circumstances.suspended.isEmpty { return }
        wanted = wanted.filter { entry in
            guard let reason = circumstances.suspended[entry.entry.name] else { return true }
            leftToOthers[entry.entry.name] = WithheldEntry(
                declared: entry.declared, state: .suspended, reason: reason, isKept: true)
            return false
        }
    }

    // MARK: - What each entry needs

    private func change(for desired: DesiredEntry) -> Change? {
        let name = desired.entry.name
        let record = ownership.records[name]
        guard let found = present[name] else {
            let cause: Change.Cause = shadows[name] != nil ? .claimed : record != nil ? .removed : .declared
            return Change(kind: .register, name: name, cause: cause, before: nil, after: desired.entry)
        }
        func change(_ kind: Change.Kind, _ cause: Change.Cause) -> Change {
            Change(kind: kind, name: name, cause: cause, before: found.entry, after: desired.entry)
        }
        // What the file that it came from would say now, nobody knows.
        if let file = record?.declaredIn, circumstances.isBroken(file),
            desired.declared.location?.file != file, ownership.owns(found)
        {
            return nil
        }
        let isRecorded = record?.registration == found.registration
        if let difference = difference(desired.entry, found, isRecorded: isRecorded) {
            return change(.replace, .differs(difference))
        }
        if desired.entry.flags.contains(.fixBinary), let file = desired.interpreterFile {
            guard isRecorded || record?.registration == nil else { return change(.replace, .registeredAnew) }
            guard let held = isRecorded ? record?.interpreter : nil else { return change(.replace, .unknownFile) }
            if held != file { return change(.replace, .stale(desired.entry.interpreter)) }
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
        let first = restored.reversed().map { entry in
            MatchingOrder.Element(
                name: entry.name, recognition: entry.recognition, rank: MatchingOrder.foreign, insists: false)
        }
        let kept = observed.entries.compactMap { found -> MatchingOrder.Element? in
            guard let recognition = found.recognition, found.shadowed == nil else { return nil }
            if let rank = rank[found.name] {
                let kind = changes[found.name]?.kind
                guard kind == nil || kind == .enable else { return nil }
                return MatchingOrder.Element(
                    name: found.name, recognition: recognition, rank: rank, insists: !wanted[rank].declared.isOffer)
            }
            guard found.isEnabled, !ownership.owns(found), !removesForeign else { return nil }
            return MatchingOrder.Element(
                name: found.name, recognition: recognition, rank: MatchingOrder.foreign, insists: false)
        }
        let fresh = wanted.enumerated().compactMap { index, entry -> MatchingOrder.Element? in
            guard let kind = changes[entry.entry.name]?.kind, kind != .enable else { return nil }
            return MatchingOrder.Element(
                name: entry.entry.name, recognition: entry.entry.recognition, rank: index,
                insists: !entry.declared.isOffer)
        }
        for (moved, other) in MatchingOrder.overtaking(kept: first + kept, fresh: fresh) {
            let entry = wanted[moved].entry
            changes[entry.name] = Change(
                kind: .reorder, name: entry.name, cause: rank[other] == nil ? .overtaken(other) : .mustPrecede(other),
                before: present[entry.name]?.entry, after: entry)
        }
    }

    // MARK: - While others write

    /// Has every pattern served, and leaves the rest for later: whoever removed an entry may be about to register it
    /// again under its name, and must not find that taken. (Taking it at once made 10 of 30 restarts of systemd-binfmt
    /// fail with EEXIST; after 100 ms without a write, none.)
    private mutating func serveAtOnce() {
        for entry in wanted {
            guard let change = changes[entry.entry.name], change.kind != .enable else { continue }
            hasDeferred = true
            changes[entry.entry.name] = needsShadow(entry, change) ? change.as(.serve, change.cause) : nil
        }
        hasDeferred = hasDeferred || !shadows.isEmpty
    }

    /// Whether an entry's files are not taken by what is declared for them, so that a shadow has to.
    private func needsShadow(_ entry: DesiredEntry, _ change: Change) -> Bool {
        switch change.cause {
        // The kernel has a file for it, if an old one.
        case .stale, .unknownFile, .registeredAnew: false
        default: shadows[entry.entry.name] == nil
        }
    }

    /// Ends a repair: the entry takes its place again from its shadow.
    private mutating func claim(_ entry: DesiredEntry) {
        guard let change = changes[entry.entry.name] else { return }
        changes[entry.entry.name] = change.as(change.kind, .claimed)
    }

    // MARK: - What has to go

    private func unregistration(of found: ObservedEntry) -> Change? {
        func change(_ cause: Change.Cause, for subject: EntryName? = nil) -> Change {
            Change(
                kind: .unregister, name: found.name, cause: cause, before: found.understood, after: nil,
                subject: subject)
        }
        if let real = found.shadowed {
            let isOnly = present[real] == nil && rank[real] == nil && !restored.contains { $0.name == real }
            let isKept = (withheld[real] ?? leftToOthers[real])?.isKept == true
            // It may be all that serves an entry whose interpreter comes back, or that a broken file meant to declare.
            if isOnly, isKept || !circumstances.unregisters { return nil }
            let isRepairs = rank[real].map { hasUsableShadow(wanted[$0]) } ?? (leftToOthers[real] != nil)
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
