// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// What a pass has to say.
package struct Report: Sendable {
    /// How the host stands after a pass, in one word.
    package enum Verdict: String, Sendable, CaseIterable {
        case inSync = "in-sync"
        /// Something is still to be done.
        case pending
        /// Something declared is not so, and a person has to look.
        case degraded
        /// There is no registry.
        case unavailable
        /// Another binfmtd keeps it; this one waits for its end.
        case standby
    }

    package let verdict: Verdict
    /// What was done, or could not be; said once.
    package let events: [Message]
    /// What is wrong as long as it lasts; said when it begins.
    package let standing: [Message]
    /// One line that a person can use.
    package let summary: String

    /// - Parameters:
    ///   - trigger: what the pass was made for.
    ///   - outcomes: what became of each change.
    ///   - enabling: what became of switching the registry as a whole on, if it was off.
    ///   - incident: what others did that the pass found.
    ///   - plan: what would be to do after the pass.
    package init(
        _ trigger: Trigger, _ configuration: Configuration, _ outcomes: [Outcome] = [],
        enabling: Result<Void, Outcome.Failure>? = nil, incident: Incident = Incident(), after plan: Plan
    ) {
        events = (enabling.map { [Self.message($0)] } ?? []) + Self.events(outcomes, incident, trigger)
        let failures = outcomes.compactMap { Self.failure($0, trigger) }
        standing =
            configuration.issues.map(Self.message) + plan.items.compactMap(Self.message)
            + plan.wanted.compactMap(Self.caveat) + failures

        let isDegraded =
            configuration.isBroken || !failures.isEmpty
            || plan.items.contains { $0.state == .refused || $0.state == .suspended || $0.state == .failed }
        verdict = isDegraded ? .degraded : plan.isInSync ? .inSync : .pending
        summary = Self.summary(configuration, plan)
    }

    /// The report of a pass that found no registry, or one that another program keeps.
    package init(_ trigger: Trigger, _ verdict: Verdict, _ reason: String) {
        self.verdict = verdict
        events = []
        let (level, kind): (Message.Level, Message.Kind) =
            verdict == .standby ? (.notice, .standby) : (.error, .unavailable)
        standing = [Message(level, kind, reason, [.init("BINFMT_TRIGGER", trigger.rawValue)])]
        summary = reason
    }
}

// MARK: - What was done

extension Report {
    private static func message(_ enabling: Result<Void, Outcome.Failure>) -> Message {
        switch enabling {
        case .success: return Message(.notice, .enabled, "The registry was switched off; switched it on again")
        case .failure(let failure):
            let text = "The registry is switched off: \(failure)"
            return Message(.error, .failed, text, [.init("ERRNO", String(failure.error.rawValue))])
        }
    }

    /// One message for all changes of a kind that have the same cause, however many entries.
    private static func events(_ outcomes: [Outcome], _ incident: Incident, _ trigger: Trigger) -> [Message] {
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

    private static func failure(_ outcome: Outcome, _ trigger: Trigger) -> Message? {
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

// MARK: - What is wrong as long as it lasts

extension Report {
    private static func message(_ issue: Issue) -> Message {
        var fields = [
            Message.Field("CONFIG_FILE", issue.location.file.string),
            .init("CONFIG_LINE", String(issue.location.line)),
        ]
        if let entry = issue.entry { fields.append(.init("BINFMT_ENTRY", entry)) }
        return Message(issue.severity == .error ? .error : .warning, .configuration, issue.description, fields)
    }

    private static func message(_ item: Plan.Item) -> Message? {
        let (level, kind, verb): (Message.Level, Message.Kind, String)
        switch item.state {
        case .refused: (level, kind, verb) = (.warning, .refused, "is refused")
        case .suspended: (level, kind, verb) = (.warning, .suspended, "is suspended")
        case .waiting: (level, kind, verb) = (.notice, .waiting, "waits")
        case .yielded: (level, kind, verb) = (.info, .yielded, "is left to another")
        default: return nil
        }
        return message(level, kind, item.name, item.declared?.location, "\(verb): \(item.reason ?? "")")
    }

    /// Of an offer nobody said that it should work in a container, and without `F` it is the container's business.
    private static func caveat(_ wanted: WantedEntry) -> Message? {
        let declared = wanted.desired.declared
        guard let caveat = wanted.desired.caveat, !declared.isOffer, wanted.entry.flags.contains(.fixBinary) else {
            return nil
        }
        return message(.warning, .caveat, wanted.name, declared.location, "is registered, but \(caveat)")
    }

    private static func message(
        _ level: Message.Level, _ kind: Message.Kind, _ name: EntryName, _ location: SourceLocation?, _ what: String
    ) -> Message {
        var fields = [Message.Field("BINFMT_ENTRY", name.description)]
        if let location {
            fields += [.init("CONFIG_FILE", location.file.string), .init("CONFIG_LINE", String(location.line))]
        }
        let place = location.map { "\($0): " } ?? ""
        return Message(level, kind, "\(place)Entry '\(name)' \(what)", fields)
    }

    private static func summary(_ configuration: Configuration, _ plan: Plan) -> String {
        let states: [(EntryState, String)] = [
            (.active, "active"), (.pending, "pending"), (.stale, "stale"), (.waiting, "waiting"),
            (.suspended, "suspended"), (.failed, "failed"), (.refused, "refused"), (.yielded, "left to others"),
            (.foreign, "not ours"),
        ]
        var numbers = [Int](repeating: 0, count: states.count)
        for item in plan.items {
            if let place = states.firstIndex(where: { $0.0 == item.state }) { numbers[place] += 1 }
        }
        let counts = zip(numbers, states).compactMap { number, state in number == 0 ? nil : "\(number) \(state.1)" }
        let errors = configuration.issues.count { $0.severity == .error }
        let complaint = errors == 0 ? "" : "; \(errors) \(errors == 1 ? "error" : "errors") in the configuration"
        if counts.isEmpty { return "Nothing is declared that this host could register" + complaint }
        return "Entries: " + counts.separatedByCommas + complaint
    }
}
