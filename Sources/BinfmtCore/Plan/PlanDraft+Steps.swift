// SPDX-License-Identifier: Apache-2.0

/// The writes, in their order.
extension PlanDraft {
    /// - Parameter isStaged: whether entries are registered disabled, and then enabled.
    func steps(isStaged: Bool) -> [Plan.Step] {
        var steps: [Plan.Step] = []
        func add(_ write: KernelWrite, for subject: EntryName?) {
            steps.append(Plan.Step(subject: subject, write: write))
        }
        /// Registers entries, the one that must be asked last first. Where they are registered disabled and then enabled,
        /// nothing but one short write lies between one and the next, not the making of an entry. An entry whose interpreters
        /// are bound one by one is registered disabled in any case.
        func addAll(_ entries: [(subject: EntryName, string: RegisterString)], isStaged: Bool = isStaged) {
            for (subject, string) in entries {
                add(.register(isStaged ? string.staged : string), for: subject)
                for interpreter in string.interpreters { add(.bind(string.name, interpreter), for: subject) }
                if string.isDisabled, !isStaged { add(.enable(string.name), for: subject) }
            }
            if !isStaged { return }
            for (subject, string) in entries { add(.enable(string.name), for: subject) }
        }
        if !observed.isEnabled, !slots.isEmpty { add(.enableRegistry, for: nil) }
        // Before anything is unregistered: an enabled entry may take its files.
        for (place, entry) in observed.entries.enumerated() where change(at: place)?.kind == .enable {
            add(.enable(entry.name), for: entry.name)
        }
        addAll(
            slots.filter { $0.change?.kind == .serve }.map(\.wanted).compactMap { entry in
                entry.desired.registerString.map { (entry.name, $0.standIn) }
            }, isStaged: false)
        addAll(restored.compactMap { entry in (try? RegisterString(entry)).map { (entry.name, $0) } }, isStaged: false)

        // (1) A stand-in for each entry whose files something serves now. A leftover of another content is unregistered
        // before, since it has the stand-in's name.
        let registered = slots.filter(\.isRegistered).map(\.wanted)
        let served = registered.filter(servesSomething(among: registered))
        for entry in served where entry.standIn != nil && !entry.hasCoveringStandIn {
            add(.unregister(entry.name.standIn), for: entry.name)
        }
        addAll(
            served.filter { !$0.hasCoveringStandIn }.compactMap { entry in
                entry.desired.registerString.map { (entry.name, $0.standIn) }
            })
        // (2) The entries are unregistered, (3) registered, (4) and their stand-ins unregistered.
        for entry in registered where entry.found != nil { add(.unregister(entry.name), for: entry.name) }
        addAll(registered.compactMap { entry in entry.desired.registerString.map { (entry.name, $0) } })
        for entry in served { add(.unregister(entry.name.standIn), for: entry.name) }

        let done = Set(served.map(\.name))
        for (place, entry) in observed.entries.enumerated() where entry.standInFor.map(done.contains) != true {
            guard let change = change(at: place), change.kind == .unregister else { continue }
            add(.unregister(entry.name), for: change.subject)
        }
        return steps
    }

    /// Whether files that something serves now would go to another entry for a moment, since entries that overlap are
    /// registered together. A start with thousands of entries is no such case.
    var wouldStage: Bool {
        guard (2...Self.mostStaged).contains(slots.count(where: \.isRegistered)) else { return false }
        let registered = slots.filter(\.isRegistered).map(\.wanted)
        let needsStandIn = servesSomething(among: registered)
        return registered.indices.contains { place in
            needsStandIn(registered[place])
                && registered[..<place].contains { $0.entry.recognition.overlaps(registered[place].entry.recognition) }
        }
    }

    /// The number of entries that are staged together; of more, each pair would be compared.
    private static let mostStaged = 64

    /// Tells which entries have files that something serves now and that would be unserved until they are registered:
    /// entries that are in the kernel, and entries that get files which another one was declared for until now.
    private func servesSomething(among registered: [WantedEntry]) -> (WantedEntry) -> Bool {
        let givenUp = registered.compactMap { entry -> Recognition? in
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
    /// A disabled entry takes no files; one that is not understood may.
    fileprivate var mayServe: Bool { isEnabled || recognition == nil }
}
