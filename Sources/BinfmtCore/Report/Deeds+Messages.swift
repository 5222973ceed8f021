// SPDX-License-Identifier: Apache-2.0

/// The deeds in the words of the journal.
extension Deeds {
    /// One message for all changes of a kind that have the same cause, of any number of entries.
    package var messages: [Message] {
        (enabling.map { [Self.message($0)] } ?? [])
            + Change.Kind.allCases.flatMap { kind -> [Message] in
                let news = changes.filter { $0.kind == kind }
                if news.isEmpty { return [] }
                let groups = Self.byCause(news)
                // Several changes that other programs made between two passes are one incident.
                if kind == .serve, groups.count > 1 {
                    return [Self.message(kind, news, "another program changed them", trigger)]
                }
                if kind == .serve, news.first?.cause == .removed, news.count + removedForeign.count > 1 {
                    return [flush(news)]
                }
                return groups.map { Self.message(kind, $0.changes, $0.cause, trigger) }
            }
    }

    private static func message(_ enabling: Result<Void, Outcome.Failure>) -> Message {
        switch enabling {
        case .success: return Message(.notice, .enabled, "The registry was switched off; switched it on again")
        case .failure(let failure):
            let text = "The registry is switched off: \(failure)"
            return Message(.error, .failed, text, [.init("ERRNO", String(failure.error.rawValue))])
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
            let text =
                "\(changes.count) entries \(participle(kind, changes))\(why): "
                + changes.map(\.name).bestKnownFirst.nameList
            return message(kind, changes, text: text, trigger)
        }
        let subject = "Entry '\(change.name)'"
        switch (kind, change.cause) {
        case (.serve, .removed):
            let text = "\(subject) was removed by another program; restored it"
            return message(kind, changes, text: text, trigger)
        case (_, .declared):
            let what = change.after.map(describe) ?? ""
            return message(kind, changes, text: "\(subject) \(participle(kind, changes)): \(what)", trigger)
        default: return message(kind, changes, text: "\(subject) \(kind.participle): \(change.cause)", trigger)
        }
    }

    /// An entry that was not there before is not restored, although a stand-in has its files for a moment.
    private static func participle(_ kind: Change.Kind, _ changes: [Change]) -> String {
        kind == .serve && changes.allSatisfy { $0.cause == .declared }
            ? Change.Kind.register.participle : kind.participle
    }

    /// The message about several entries that other programs removed, perhaps foreign ones among them.
    private func flush(_ changes: [Change]) -> Message {
        let count = changes.count + removedForeign.count
        var text = "Another program removed \(count) entries; restored \(changes.map(\.name).bestKnownFirst.nameList)"
        if !removedForeign.isEmpty {
            let why =
                isProtected
                ? "because their interpreters are not as they were"
                : "because they are foreign (foreign = \"protect\" would restore them)"
            text += "; not restored, \(why): \(removedForeign.nameList)"
        }
        return Self.message(.serve, changes, text: text, trigger)
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
        fields += Set(named.flatMap { ($0.after ?? $0.before)?.namedInterpreters ?? [] }.map(\.string)).sorted().map {
            .init("BINFMT_INTERPRETER", $0)
        }
        return Message(level(changes, trigger), kind.message, text, fields)
    }

    /// What a start finds, or does as it was declared, is no news on a healthy host.
    private static func level(_ changes: [Change], _ trigger: Trigger) -> Message.Level {
        if changes.allSatisfy({ $0.cause == .unknownFile }) { return .debug }
        let isOrdinary = changes.allSatisfy { $0.kind == .register && $0.cause == .declared }
        return trigger == .start && isOrdinary ? .info : .notice
    }

    /// The number of entries that have a field in one message, because journald drops a message of more than 1024
    /// fields (`ENTRY_FIELD_COUNT_MAX`).
    static let namedEntries = 400

    private static func describe(_ entry: Entry) -> String {
        if let handler = entry.recognition.handler {
            return "BPF handler '\(handler)'"
                + (handler.interpreters.isEmpty ? "" : ", interpreters \(handler.interpreterList)")
        }
        let flags = entry.flags.letters
        return "interpreter \(entry.interpreter)" + (flags.isEmpty ? "" : ", flags \(flags)")
    }
}

extension [EntryName] {
    /// The names with those in front that most people know.
    package var bestKnownFirst: [EntryName] {
        let known = Self.bestKnown.filter(contains)
        return known.isEmpty ? self : known + filter { !known.contains($0) }
    }

    private static let bestKnown = [
        "qemu-aarch64", "qemu-arm", "qemu-riscv64", "qemu-ppc64le", "qemu-s390x", "qemu-x86_64", "qemu-i386",
    ].map { EntryName(observed: $0.utf8) }
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
