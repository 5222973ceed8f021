// SPDX-License-Identifier: Apache-2.0

/// The writes that a plan comes to, in their order.
extension PlanDraft {
    func steps() -> [Plan.Step] {
        var steps: [Plan.Step] = []
        func add(_ write: KernelWrite, for subject: EntryName?) {
            steps.append(Plan.Step(subject: subject, write: write))
        }
        func addShadow(_ entry: DesiredEntry) {
            add(.register(entry.entry.name.shadow, entry.registerString.shadow), for: entry.entry.name)
        }
        if !observed.isEnabled, !wanted.isEmpty { add(.enableRegistry, for: nil) }
        for entry in wanted where changes[entry.entry.name]?.kind == .serve { addShadow(entry) }
        for entry in restored {
            if let string = try? RegisterString(entry) { add(.register(entry.name, string), for: entry.name) }
        }

        // (1) A shadow for each that serves something now. A leftover of another content has the name that it needs.
        let anew = wanted.filter { changes[$0.entry.name]?.kind.registers == true }
        let shadowed = anew.filter(servesSomething(among: anew))
        for entry in shadowed where shadows[entry.entry.name] != nil && !hasUsableShadow(entry) {
            add(.unregister(entry.entry.name.shadow), for: entry.entry.name)
        }
        for entry in shadowed where !hasUsableShadow(entry) { addShadow(entry) }
        // (2) The real ones go, (3) come back, (4) and the shadows go.
        for name in anew.map(\.entry.name) where present[name] != nil { add(.unregister(name), for: name) }
        for entry in anew { add(.register(entry.entry.name, entry.registerString), for: entry.entry.name) }
        for name in shadowed.map(\.entry.name) { add(.unregister(name.shadow), for: name) }

        let done = Set(shadowed.map(\.entry.name))
        for entry in observed.entries {
            guard let change = changes[entry.name] else { continue }
            if change.kind == .enable { add(.enable(entry.name), for: change.subject) }
            if change.kind == .unregister, entry.shadowed.map(done.contains) != true {
                add(.unregister(entry.name), for: change.subject)
            }
        }
        return steps
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
            present[entry.entry.name] != nil || givenUp.contains { $0.overlaps(entry.entry.recognition) }
        }
    }
}

extension Change.Kind {
    /// Whether the entry is registered, be it for the first time or anew.
    fileprivate var registers: Bool { self == .register || self == .replace || self == .reorder }
}
