// SPDX-License-Identifier: Apache-2.0

extension Report {
    static func message(_ issue: Issue) -> Message {
        var fields = [
            Message.Field("CONFIG_FILE", issue.location.file.string),
            .init("CONFIG_LINE", String(issue.location.line)),
        ]
        if let entry = issue.entry { fields.append(.init("BINFMT_ENTRY", entry)) }
        return Message(issue.severity == .error ? .error : .warning, .configuration, issue.description, fields)
    }

    static func message(_ item: Plan.Item) -> Message? {
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
    static func caveat(_ wanted: WantedEntry) -> Message? {
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

    static func summary(_ configuration: Configuration, _ plan: Plan) -> String {
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
