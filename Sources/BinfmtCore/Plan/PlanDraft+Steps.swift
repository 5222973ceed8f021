// SPDX-License-Identifier: Apache-2.0

/// The writes that a plan comes to, in their order.
extension PlanDraft {
    func steps() -> [Plan.Step] {
        var steps: [Plan.Step] = []
        func add(_ write: KernelWrite, for subject: EntryName?) {
            steps.append(Plan.Step(subject: subject, write: write))
        }
        func addStandIn(_ entry: WantedEntry) {
            guard let string = entry.desired.registerString else { return }
            add(.register(entry.name.standIn, string.standIn), for: entry.name)
        }
        if !observed.isEnabled, !wanted.isEmpty { add(.enableRegistry, for: nil) }
        // Before anything goes: what is switched on may take its files.
        for (place, entry) in observed.entries.enumerated() where change(at: place)?.kind == .enable {
            add(.enable(entry.name), for: entry.name)
        }
        for (entry, change) in zip(wanted, changes) where change?.kind == .serve { addStandIn(entry) }
        for entry in restored {
            if let string = try? RegisterString(entry) { add(.register(entry.name, string), for: entry.name) }
        }

        // (1) A standIn for each that serves something now. A leftover of another content has the name that it needs.
        let anew = anew
        let standInFor = anew.filter(servesSomething(among: anew))
        for entry in standInFor where entry.standIn != nil && !entry.hasCoveringStandIn {
            add(.unregister(entry.name.standIn), for: entry.name)
        }
        for entry in standInFor where !entry.hasCoveringStandIn { addStandIn(entry) }
        // (2) The real ones go, (3) come back, (4) and the standIns go.
        for entry in anew where entry.found != nil { add(.unregister(entry.name), for: entry.name) }
        for entry in anew {
            if let string = entry.desired.registerString { add(.register(entry.name, string), for: entry.name) }
        }
        for entry in standInFor { add(.unregister(entry.name.standIn), for: entry.name) }

        let done = Set(standInFor.map(\.name))
        for (place, entry) in observed.entries.enumerated() where entry.standInFor.map(done.contains) != true {
            guard let change = change(at: place), change.kind == .unregister else { continue }
            add(.unregister(entry.name), for: change.subject)
        }
        return steps
    }

    /// Those that are registered under their names, be it for the first time or anew.
    private var anew: [WantedEntry] { zip(wanted, registers).compactMap { $1 ? $0 : nil } }

    var registers: [Bool] { changes.map { $0?.kind.registers == true } }

    /// Tells which entries have files that something serves now and that would be unserved until they are registered:
    /// those that are in the kernel, and those that get files of one that is declared for others from now on.
    private func servesSomething(among anew: [WantedEntry]) -> (WantedEntry) -> Bool {
        let givenUp = anew.compactMap { entry -> Recognition? in
            guard let found = entry.found, found.isEnabled, let recognition = found.recognition,
                recognition != entry.entry.recognition
            else { return nil }
            return recognition
        }
        return { entry in
            entry.found?.mayServe == true || givenUp.contains { $0.overlaps(entry.entry.recognition) }
        }
    }
}

extension ObservedEntry {
    /// What is not understood may take files; what is switched off takes none.
    fileprivate var mayServe: Bool { isEnabled || recognition == nil }
}

extension Change.Kind {
    /// Whether the entry is registered, be it for the first time or anew.
    fileprivate var registers: Bool { self == .register || self == .replace || self == .reorder }
}
