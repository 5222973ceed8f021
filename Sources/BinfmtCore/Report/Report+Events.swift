// SPDX-License-Identifier: Apache-2.0

extension Report {
    static func message(_ enabling: Result<Void, Outcome.Failure>) -> Message {
        switch enabling {
        case .success: return Message(.notice, .enabled, "The registry was switched off; switched it on again")
        case .failure(let failure):
            let text = "The registry is switched off: \(failure)"
            return Message(.error, .failed, text, [.init("ERRNO", String(failure.error.rawValue))])
        }
    }

    /// One message for all changes of a kind that have the same cause, however many entries.
    static func events(_ outcomes: [Outcome], _ incident: Incident, _ trigger: Trigger) -> [Message] {
        let done = outcomes.compactMap { $0.result == .done ? $0.change : nil }
        let hasReordered = done.contains { $0.kind == .reorder }
        let anew = hasReordered ? Set(done.lazy.filter { $0.kind != .reorder }.map(\.name)) : []
        let kinds = Change.Kind.allCases
        var news = kinds.map { _ in [Change]() }
        for change in done where isNews(change, anew, incident) {
            if let place = kinds.firstIndex(of: change.kind) { news[place].append(change) }
        }
        return zip(kinds, news).flatMap { kind, changes -> [Message] in
            if changes.isEmpty { return [] }
            // Of thousands of changes there are a few causes.
            var causes: [(cause: String?, changes: [Change])] = []
            for change in changes {
                let cause = change.summary
                if let known = causes.firstIndex(where: { $0.cause == cause }) {
                    causes[known].changes.append(change)
                } else {
                    causes.append((cause, [change]))
                }
            }
            // What others did in one go is one incident, whatever it was to each entry.
            if kind == .serve, causes.count > 1 {
                return [message(kind, changes, "another program changed them", trigger)]
            }
            if kind == .serve, changes.first?.cause == .removed, changes.count + incident.removedForeign.count > 1 {
                return [flush(changes, incident.removedForeign, trigger)]
            }
            return causes.map { message(kind, $0.changes, $0.cause, trigger) }
        }
    }

    /// Whether a person has to hear of a change: not of the end of a repair whose beginning was told, nor of what only
    /// makes way for another one.
    ///
    /// - Parameter anew: all that was changed for its own sake.
    private static func isNews(_ change: Change, _ anew: Set<EntryName>, _ incident: Incident) -> Bool {
        switch (change.kind, change.cause) {
        case (_, .claimed), (.serve, .mustPrecede): false
        case (_, .registeredAnew): incident.told.isEmpty
        case (.serve, .removed): !incident.told.contains(change.name) || !incident.removedForeign.isEmpty
        case (.reorder, .mustPrecede(let other)): !anew.contains(other)
        default: true
        }
    }

    private static func message(
        _ kind: Change.Kind, _ changes: [Change], _ cause: String?, _ trigger: Trigger
    ) -> Message {
        var text: String
        if changes.count == 1, let change = changes.first {
            text = "Entry '\(change.name)' \(kind.participle): "
            switch change.cause {
            case .declared: text += change.after.map(describe) ?? ""
            default: text += "\(change.cause)"
            }
        } else {
            let why = cause.map { " (\($0))" } ?? ""
            text = "\(changes.count) entries \(kind.participle)\(why): \(changes.map(\.name).nameList)"
        }
        return message(kind, changes, text: text, trigger)
    }

    /// Of several entries that were taken out at once, some perhaps not ours.
    private static func flush(_ changes: [Change], _ foreign: [EntryName], _ trigger: Trigger) -> Message {
        var text = "\(changes.count + foreign.count) entries were removed at once"
        if !foreign.isEmpty { text += ", \(foreign.count) of them not ours (\(foreign.nameList))" }
        text += "; put back \(changes.map(\.name).nameList)"
        return message(.serve, changes, text: text, trigger)
    }

    private static func message(
        _ kind: Change.Kind, _ changes: [Change], text: String, _ trigger: Trigger
    ) -> Message {
        let named = changes.prefix(namedEntries)
        var fields = [
            Message.Field("BINFMT_TRIGGER", trigger.rawValue), .init("BINFMT_CHANGE", kind.rawValue),
            .init("BINFMT_COUNT", String(changes.count)),
        ]
        fields += named.map { .init("BINFMT_ENTRY", $0.name.description) }
        fields += Set(named.compactMap { ($0.after ?? $0.before)?.interpreter.string }).sorted().map {
            .init("BINFMT_INTERPRETER", $0)
        }
        return Message(.notice, kind.message, text, fields)
    }

    /// So many entries of one message have a field: journald drops a message of more than 1024 fields
    /// (`ENTRY_FIELD_COUNT_MAX`), all of it.
    private static let namedEntries = 400

    private static func describe(_ entry: Entry) -> String {
        let flags = entry.flags.letters
        return "interpreter \(entry.interpreter)" + (flags.isEmpty ? "" : ", flags \(flags)")
    }

    static func failure(_ outcome: Outcome, _ trigger: Trigger) -> Message? {
        guard let failure = outcome.failure else { return nil }
        let change = outcome.change
        return Message(
            .error, .failed, "Entry '\(change.name)': \(failure)",
            [
                .init("BINFMT_TRIGGER", trigger.rawValue), .init("BINFMT_ENTRY", change.name.description),
                .init("BINFMT_CHANGE", change.kind.rawValue), .init("ERRNO", String(failure.error.rawValue)),
            ])
    }
}

extension Change {
    /// What several changes have in common, to be said of them together; nil where it goes without saying.
    fileprivate var summary: String? {
        switch cause {
        case .declared, .withheld, .claimed, .released: nil
        case .removed: "another program removed them"
        case .differs: kind == .serve ? "another program registered something else" : "they were not as declared"
        case .stale: "their interpreters were replaced"
        case .unknownFile: "which files the kernel held was not known"
        case .registeredAnew: "another program registered them anew"
        case .mustPrecede: "the matching order was wrong"
        case .overtaken: "another program's entries were asked before them"
        case .disabled: "they were disabled"
        case .undeclared: "no longer declared"
        case .flushed: "a flush of the whole table took them"
        case .leftover: "left over from an interrupted replacement"
        case .foreign: "not declared, and foreign = \"remove\""
        }
    }
}

extension Change.Kind {
    fileprivate var message: Message.Kind {
        switch self {
        case .serve: .served
        case .restore: .restored
        case .register: .registered
        case .replace: .replaced
        case .reorder: .reordered
        case .enable: .enabled
        case .unregister: .unregistered
        }
    }
}
