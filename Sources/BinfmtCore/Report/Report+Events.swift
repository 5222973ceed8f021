// SPDX-License-Identifier: Apache-2.0

/// The messages about what a pass did.
extension Report {
    static func message(_ enabling: Result<Void, Outcome.Failure>) -> Message {
        switch enabling {
        case .success: return Message(.notice, .enabled, "The registry was switched off; switched it on again")
        case .failure(let failure):
            let text = "The registry is switched off: \(failure)"
            return Message(.error, .failed, text, [.init("ERRNO", String(failure.error.rawValue))])
        }
    }

    /// One message for all changes of a kind that have the same cause, of any number of entries.
    static func events(_ outcomes: [Outcome], _ incident: Incident, _ trigger: Trigger) -> [Message] {
        let done = outcomes.compactMap { $0.result == .done ? $0.change : nil }
        let isReordering = done.contains { $0.kind == .reorder }
        let changed = isReordering ? Set(done.lazy.filter { $0.kind != .reorder }.map(\.name)) : []
        return Change.Kind.allCases.flatMap { kind -> [Message] in
            let news = done.filter { $0.kind == kind && isNews($0, changed, incident) }
            if news.isEmpty { return [] }
            let groups = byCause(news)
            // Several changes that other programs made between two passes are one incident.
            if kind == .serve, groups.count > 1 {
                return [message(kind, news, "another program changed them", trigger)]
            }
            if kind == .serve, news.first?.cause == .removed, news.count + incident.removedForeign.count > 1 {
                return [flush(news, incident.removedForeign, trigger)]
            }
            return groups.map { message(kind, $0.changes, $0.cause, trigger) }
        }
    }

    /// Whether the journal has to mention a change. It mentions no end of a repair whose beginning it has mentioned, and
    /// no entry that is only registered again to stay ahead of another one.
    ///
    /// - Parameter changed: the entries that were changed for another reason than their order.
    private static func isNews(_ change: Change, _ changed: Set<EntryName>, _ incident: Incident) -> Bool {
        switch (change.kind, change.cause) {
        case (_, .standInServed), (.serve, .mustPrecede): false
        case (_, .reregistered): incident.reported.isEmpty
        case (.serve, .removed): !incident.reported.contains(change.name) || !incident.removedForeign.isEmpty
        case (.reorder, .mustPrecede(let other)): !changed.contains(other)
        default: true
        }
    }

    /// The changes in groups whose causes have the same summary. Thousands of changes have few.
    private static func byCause(_ changes: [Change]) -> [(cause: String?, changes: [Change])] {
        var groups: [(cause: String?, changes: [Change])] = []
        for change in changes {
            let cause = summary(change)
            if let known = groups.firstIndex(where: { $0.cause == cause }) {
                groups[known].changes.append(change)
            } else {
                groups.append((cause, [change]))
            }
        }
        return groups
    }

    private static func summary(_ change: Change) -> String? {
        switch (change.kind, change.cause) {
        case (.serve, .differs): "another program registered something else"
        default: change.cause.summary
        }
    }

    private static func message(
        _ kind: Change.Kind, _ changes: [Change], _ cause: String?, _ trigger: Trigger
    ) -> Message {
        guard changes.count == 1, let change = changes.first else {
            let why = cause.map { " (\($0))" } ?? ""
            let text = "\(changes.count) entries \(kind.participle)\(why): \(changes.map(\.name).nameList)"
            return message(kind, changes, text: text, trigger)
        }
        let subject = "Entry '\(change.name)'"
        switch (kind, change.cause) {
        case (.serve, .removed):
            let text = "\(subject) was removed by another program; its pattern is served by a stand-in"
            return message(kind, changes, text: text, trigger)
        case (_, .declared):
            let what = change.after.map(describe) ?? ""
            return message(kind, changes, text: "\(subject) \(kind.participle): \(what)", trigger)
        default: return message(kind, changes, text: "\(subject) \(kind.participle): \(change.cause)", trigger)
        }
    }

    /// The message about several entries that other programs removed, perhaps foreign ones among them.
    private static func flush(_ changes: [Change], _ foreign: [EntryName], _ trigger: Trigger) -> Message {
        var text = "Another program removed \(changes.count + foreign.count) entries"
        if !foreign.isEmpty { text += ", \(foreign.count) of them foreign (\(foreign.nameList))" }
        text += "; restored \(changes.map(\.name).nameList)"
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

    /// The number of entries that have a field in one message, because journald drops a message of more than 1024
    /// fields (`ENTRY_FIELD_COUNT_MAX`).
    static let namedEntries = 400

    private static func describe(_ entry: Entry) -> String {
        let flags = entry.flags.letters
        return "interpreter \(entry.interpreter)" + (flags.isEmpty ? "" : ", flags \(flags)")
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
