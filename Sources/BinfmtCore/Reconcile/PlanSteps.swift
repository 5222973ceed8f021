// SPDX-License-Identifier: Apache-2.0

/// The writes that a plan comes to, in their order.
extension PlanDraft {
    func steps() -> [Plan.Step] {
        var steps: [Plan.Step] = []
        func add(_ write: KernelWrite, for subject: EntryName?) {
            steps.append(Plan.Step(subject: subject, write: write))
        }
        func addShadow(_ entry: DesiredEntry) {
            guard let string = entry.registerString else { return }
            add(.register(entry.entry.name.shadow, string.shadow), for: entry.entry.name)
        }
        if !observed.isEnabled, !wanted.isEmpty { add(.enableRegistry, for: nil) }
        // Before anything goes: what is switched on may take its files.
        for entry in observed.entries where changes[entry.name]?.kind == .enable {
            add(.enable(entry.name), for: entry.name)
        }
        for entry in wanted where changes[entry.entry.name]?.kind == .serve { addShadow(entry) }
        for entry in restored {
            if let string = try? RegisterString(entry) { add(.register(entry.name, string), for: entry.name) }
        }

        // (1) A shadow for each that serves something now. A leftover of another content has the name that it needs.
        let anew = wanted.filter { changes[$0.entry.name]?.kind.registers == true }
        let shadowed = anew.filter(servesSomething(among: anew))
        for entry in shadowed where shadows[entry.entry.name] != nil && !hasCoveringShadow(entry) {
            add(.unregister(entry.entry.name.shadow), for: entry.entry.name)
        }
        for entry in shadowed where !hasCoveringShadow(entry) { addShadow(entry) }
        // (2) The real ones go, (3) come back, (4) and the shadows go.
        for name in anew.map(\.entry.name) where present[name] != nil { add(.unregister(name), for: name) }
        for entry in anew {
            if let string = entry.registerString { add(.register(entry.entry.name, string), for: entry.entry.name) }
        }
        for name in shadowed.map(\.entry.name) { add(.unregister(name.shadow), for: name) }

        let done = Set(shadowed.map(\.entry.name))
        for entry in observed.entries where entry.shadowed.map(done.contains) != true {
            guard let change = changes[entry.name], change.kind == .unregister else { continue }
            add(.unregister(entry.name), for: change.subject)
        }
        return steps
    }

    /// Whether a shadow that is there already serves all files of the entry, if with an interpreter that was declared
    /// before: it may do so for a few writes more, while to take its name for another one would leave them unserved.
    private func hasCoveringShadow(_ desired: DesiredEntry) -> Bool {
        guard let shadow = shadows[desired.entry.name], shadow.isEnabled else { return false }
        return shadow.recognition?.covers(desired.entry.recognition) == true
    }

    /// Tells which entries have files that something serves now and that would be unserved until they are registered:
    /// those that are in the kernel, and those that get files of one that is declared for others from now on.
    private func servesSomething(among anew: [DesiredEntry]) -> (DesiredEntry) -> Bool {
        let givenUp = anew.compactMap { entry -> Recognition? in
            guard let found = present[entry.entry.name], found.isEnabled, let recognition = found.recognition,
                recognition != entry.entry.recognition
            else { return nil }
            return recognition
        }
        return { entry in
            present[entry.entry.name].map(\.mayServe) == true
                || givenUp.contains { $0.overlaps(entry.entry.recognition) }
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
