// SPDX-License-Identifier: Apache-2.0

/// A plan in the making: first what each entry needs, then the order, then the writes.
struct PlanDraft {
    private let desired: DesiredState
    private let observed: ObservedState
    private let ownership: Ownership
    private let policy: DaemonSettings.ForeignPolicy
    private let unregisters: Bool
    private let isQuiet: Bool
    private let suspended: [EntryName: RepairBudget.Suspension]

    private let present: [EntryName: ObservedEntry]
    /// The shadows that are there, by the names of their entries.
    private let shadows: [EntryName: ObservedEntry]
    private let withheld: [EntryName: WithheldEntry]
    /// Those of the wanted entries that are not left to others; an index into this is an entry's rank.
    private var wanted: [DesiredEntry] = []
    private var rank: [EntryName: Int] = [:]
    /// Those that are, and why.
    private var leftToOthers: [EntryName: WithheldEntry] = [:]
    private var changes: [EntryName: Change] = [:]

    init(
        _ desired: DesiredState, _ observed: ObservedState, _ ownership: Ownership,
        policy: DaemonSettings.ForeignPolicy, unregisters: Bool, isQuiet: Bool,
        suspended: [EntryName: RepairBudget.Suspension]
    ) {
        self.desired = desired
        self.observed = observed
        self.ownership = ownership
        self.policy = policy
        self.unregisters = unregisters
        self.isQuiet = isQuiet
        self.suspended = suspended
        present = Dictionary(observed.entries.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        shadows = Dictionary(
            observed.entries.compactMap { entry in entry.name.shadowed.map { ($0, entry) } },
            uniquingKeysWith: { first, _ in first })
        withheld = Dictionary(desired.withheld.map { ($0.declared.name, $0) }, uniquingKeysWith: { $1 })
    }

    mutating func decide() {
        yieldToForeign()
        suspend()
        for (index, entry) in wanted.enumerated() { rank[entry.entry.name] = index }
        for entry in wanted { changes[entry.entry.name] = change(for: entry) }
        restoreOrder()
        if isQuiet {
            for entry in wanted where hasUsableShadow(entry) { claim(entry) }
            for entry in observed.entries where rank[entry.name] == nil {
                changes[entry.name] = unregistration(of: entry)
            }
        } else {
            serveAtOnce()
        }
    }

    /// Whether something has to wait until nobody writes to the registry any more.
    private(set) var hasDeferred = false

    // MARK: - Whose files they are

    /// An offer is left to a foreign entry that is enabled and has all its files.
    private mutating func yieldToForeign() {
        let insisting = Set(desired.wanted.lazy.filter { !$0.declared.isOffer }.map(\.entry.name))
        let foreign = observed.entries.filter { $0.isEnabled && !ownership.owns($0) && !insisting.contains($0.name) }
        wanted = desired.wanted.filter { offer in
            guard offer.declared.isOffer,
                let other = foreign.first(where: { other in
                    other.entry != offer.entry && other.recognition?.covers(offer.entry.recognition) == true
                })
            else { return true }
            let interpreter = (try? other.status.get().interpreter).map { " (\($0))" } ?? ""
            leftToOthers[offer.entry.name] = WithheldEntry(
                declared: offer.declared, state: .yielded,
                reason: "'\(other.name)'\(interpreter), which is not ours, has these files")
            return false
        }
    }

    /// An entry that another program keeps changing is left to it for a while.
    private mutating func suspend() {
        guard !suspended.isEmpty else { return }
        wanted = wanted.filter { entry in
            guard let suspension = suspended[entry.entry.name] else { return true }
            leftToOthers[entry.entry.name] = WithheldEntry(
                declared: entry.declared, state: .suspended, reason: "\(suspension)", isKept: true)
            return false
        }
    }

    // MARK: - What each entry needs

    private func change(for desired: DesiredEntry) -> Change? {
        let name = desired.entry.name
        guard let found = present[name] else {
            let cause: Change.Cause =
                shadows[name] != nil ? .claimed : ownership.records[name] != nil ? .removed : .declared
            return Change(kind: .register, name: name, cause: cause, before: nil, after: desired.entry)
        }
        func change(_ kind: Change.Kind, _ cause: Change.Cause) -> Change {
            Change(kind: kind, name: name, cause: cause, before: found.entry, after: desired.entry)
        }
        if let difference = difference(desired.entry, found) { return change(.replace, .differs(difference)) }
        if desired.entry.flags.contains(.fixBinary), let file = desired.interpreterFile {
            guard let held = heldFile(of: found) else {
                return change(.replace, .unknownFile)
            }
            if held != file { return change(.replace, .stale(desired.entry.interpreter)) }
        }
        return found.isEnabled ? nil : change(.enable, .disabled)
    }

    private func difference(_ desired: Entry, _ found: ObservedEntry) -> String? {
        guard let entry = found.entry else {
            if case .failure(let malformed) = found.status { return "\(malformed)" }
            return "the kernel has a kind of entry that binfmtd does not know"
        }
        var differences: [String] = []
        if entry.interpreter != desired.interpreter {
            differences.append("interpreter \(entry.interpreter) → \(desired.interpreter)")
        }
        if entry.flags != desired.flags {
            differences.append("flags '\(entry.flags.letters)' → '\(desired.flags.letters)'")
        }
        if entry.recognition != desired.recognition {
            differences.append("\(entry.recognition) → \(desired.recognition)")
        }
        return differences.isEmpty ? nil : differences.joined(separator: ", ")
    }

    /// The file that the kernel holds for an entry with `F`, as far as it was recorded.
    private func heldFile(of found: ObservedEntry) -> FileIdentity? {
        guard let record = ownership.records[found.name], record.registration == found.registration else { return nil }
        return record.interpreter
    }

    // MARK: - The order

    private mutating func restoreOrder() {
        let kept = observed.entries.compactMap { found -> MatchingOrder.Element? in
            guard let recognition = found.recognition, found.name.shadowed == nil else { return nil }
            if let rank = rank[found.name] {
                let kind = changes[found.name]?.kind
                guard kind == nil || kind == .enable else { return nil }
                return MatchingOrder.Element(
                    name: found.name, recognition: recognition, rank: rank, insists: !wanted[rank].declared.isOffer)
            }
            guard found.isEnabled, !ownership.owns(found) else { return nil }
            return MatchingOrder.Element(
                name: found.name, recognition: recognition, rank: MatchingOrder.foreign, insists: false)
        }
        let fresh = wanted.enumerated().compactMap { index, entry -> MatchingOrder.Element? in
            guard let kind = changes[entry.entry.name]?.kind, kind != .enable else { return nil }
            return MatchingOrder.Element(
                name: entry.entry.name, recognition: entry.entry.recognition, rank: index,
                insists: !entry.declared.isOffer)
        }
        for (moved, other) in MatchingOrder.overtaking(kept: kept, fresh: fresh) {
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
            changes[entry.entry.name] = serves(entry, change) ? serve(entry, change) : nil
        }
        hasDeferred = hasDeferred || !shadows.isEmpty
    }

    /// Whether an entry's files are not taken by what is declared for them, so that a shadow has to.
    private func serves(_ entry: DesiredEntry, _ change: Change) -> Bool {
        switch change.cause {
        // The kernel has a file for it, if an old one.
        case .stale, .unknownFile: false
        default: shadows[entry.entry.name] == nil
        }
    }

    private func serve(_ entry: DesiredEntry, _ change: Change) -> Change {
        Change(kind: .serve, name: change.name, cause: change.cause, before: change.before, after: change.after)
    }

    /// Ends a repair: the entry takes its place again from its shadow.
    private mutating func claim(_ entry: DesiredEntry) {
        guard let change = changes[entry.entry.name] else { return }
        changes[entry.entry.name] = Change(
            kind: change.kind, name: change.name, cause: .claimed, before: change.before, after: change.after)
    }

    // MARK: - What has to go

    private func unregistration(of found: ObservedEntry) -> Change? {
        func change(_ cause: Change.Cause) -> Change {
            Change(kind: .unregister, name: found.name, cause: cause, before: found.entry, after: nil)
        }
        if let real = found.name.shadowed {
            // While the configuration is broken it may be all that serves an entry which that meant to declare.
            let isNeeded = !unregisters && rank[real] == nil && present[real] == nil
            if isNeeded { return nil }
            let isRepairs = rank[real].map { hasUsableShadow(wanted[$0]) } ?? (suspended[real] != nil)
            return change(isRepairs ? .claimed : .leftover)
        }
        if !ownership.owns(found) {
            return policy == .remove && unregisters ? change(.foreign) : nil
        }
        guard unregisters else { return nil }
        if let withheld = withheld[found.name] ?? leftToOthers[found.name] {
            return withheld.isKept ? nil : change(.withheld(withheld.reason))
        }
        return change(.undeclared)
    }
}

// MARK: - The writes

extension PlanDraft {
    func steps() -> [Plan.Step] {
        var steps: [Plan.Step] = []
        func add(_ write: KernelWrite, for subject: EntryName?) {
            steps.append(Plan.Step(subject: subject, write: write))
        }
        func isDue(_ entry: DesiredEntry, _ kinds: Set<Change.Kind>) -> Bool {
            changes[entry.entry.name].map { kinds.contains($0.kind) } ?? false
        }
        if !observed.isEnabled, !wanted.isEmpty { add(.enableRegistry, for: nil) }
        for entry in wanted where isDue(entry, [.serve]) {
            add(.register(entry.entry.name.shadow, entry.registerString.shadow), for: entry.entry.name)
        }

        let anew = wanted.filter { isDue($0, [.register, .replace, .reorder]) }
        // A pattern that is served now is served by a shadow while its entry is registered anew. One that is not
        // served needs none.
        let served = anew.filter { present[$0.entry.name] != nil }
        for entry in served where !hasUsableShadow(entry) && shadows[entry.entry.name] != nil {
            add(.unregister(entry.entry.name.shadow), for: entry.entry.name)
        }
        for entry in served where !hasUsableShadow(entry) {
            add(.register(entry.entry.name.shadow, entry.registerString.shadow), for: entry.entry.name)
        }
        for name in served.map(\.entry.name) { add(.unregister(name), for: name) }
        for entry in anew { add(.register(entry.entry.name, entry.registerString), for: entry.entry.name) }
        for name in served.map(\.entry.name) { add(.unregister(name.shadow), for: name) }

        let replaced = Set(served.map(\.entry.name))
        for entry in observed.entries {
            guard let change = changes[entry.name] else { continue }
            if change.kind == .enable { add(.enable(entry.name), for: entry.name) }
            guard change.kind == .unregister else { continue }
            if let real = entry.name.shadowed {
                if !replaced.contains(real) { add(.unregister(entry.name), for: real) }
            } else {
                add(.unregister(entry.name), for: entry.name)
            }
        }
        return steps
    }

    /// Whether the shadow that is there already does what the entry is to do.
    private func hasUsableShadow(_ desired: DesiredEntry) -> Bool {
        guard let shadow = shadows[desired.entry.name], shadow.isEnabled, let entry = shadow.entry else { return false }
        return entry.recognition == desired.entry.recognition && entry.interpreter == desired.entry.interpreter
            && entry.flags == desired.entry.flags
    }
}

// MARK: - The picture

extension PlanDraft {
    func items(masked: [Configuration.Masked]) -> [Plan.Item] {
        let all = Dictionary(desired.wanted.map { ($0.entry.name, $0) }, uniquingKeysWith: { $1 })
        var items = observed.entries.map { found in
            item(
                found.name, found, rank[found.name].map { wanted[$0] }, withheld[found.name] ?? leftToOthers[found.name]
            )
        }
        items += wanted.reversed().filter { present[$0.entry.name] == nil }.map { item($0.entry.name, nil, $0, nil) }
        items += (desired.withheld + desired.wanted.compactMap { leftToOthers[$0.entry.name] })
            .filter { present[$0.declared.name] == nil }
            .map { item($0.declared.name, nil, all[$0.declared.name], $0) }
        items += masked.filter { present[$0.name] == nil }.map { mask in
            Plan.Item(
                name: mask.name, state: .masked, reason: "hidden by \(mask.mask.file)", declared: nil, desired: nil,
                observed: nil, isOwned: false, change: nil)
        }
        return items
    }

    private func item(
        _ name: EntryName, _ found: ObservedEntry?, _ desired: DesiredEntry?, _ withheld: WithheldEntry?
    ) -> Plan.Item {
        let change = changes[name]
        let isOwned = found.map(ownership.owns) ?? false
        let (state, reason) = standing(found, desired, withheld, change, isOwned: isOwned)
        return Plan.Item(
            name: name, state: state, reason: reason, declared: desired?.declared ?? withheld?.declared,
            desired: desired, observed: found, isOwned: isOwned, change: change)
    }

    private func standing(
        _ found: ObservedEntry?, _ desired: DesiredEntry?, _ withheld: WithheldEntry?, _ change: Change?, isOwned: Bool
    ) -> (EntryState, String?) {
        if let withheld { return (withheld.state, withheld.reason) }
        if let change {
            if case .stale = change.cause { return (.stale, "\(change.cause)") }
            return (.pending, "\(change.cause)")
        }
        if let desired {
            let isLacking = desired.interpreterFile == nil
            return (.active, isLacking ? "this host has no \(desired.entry.interpreter)" : nil)
        }
        if isOwned { return (.active, "no longer declared, kept while a configuration file is broken") }
        return (.foreign, nil)
    }
}
