// SPDX-License-Identifier: Apache-2.0

/// The messages about what is wrong as long as it lasts.
extension Report {
    static func message(_ issue: Issue) -> Message {
        var fields = fields(issue.location)
        if let entry = issue.entry { fields.append(.init("BINFMT_ENTRY", entry)) }
        return Message(issue.severity == .error ? .error : .warning, .configuration, issue.description, fields)
    }

    static func message(_ item: Plan.Item) -> Message? {
        let (level, kind, standing): (Message.Level, Message.Kind, String)
        switch item.state {
        case .refused: (level, kind, standing) = (.warning, .refused, "is refused")
        case .suspended: (level, kind, standing) = (.warning, .suspended, "is suspended")
        case .waiting: (level, kind, standing) = (.warning, .waiting, "is waiting for its interpreter")
        case .yielded: (level, kind, standing) = (.info, .yielded, "yields to another entry")
        default: return nil
        }
        let reason = item.reason.map { ": \($0)" } ?? ""
        var consequence = ""
        if item.keepsOldEntry, case .withheld(let withheld) = item.reason {
            consequence = withheld.consequenceForOldEntry.map { "; \($0)" } ?? ""
        }
        return message(level, kind, item.name, item.declared?.location, standing + reason + consequence)
    }

    /// A warning for each reason why an entry may do less than its author expects. An offer gets none, because no user
    /// asked for it; nor does a missing interpreter without `F`, because each container brings its own, nor an
    /// interpreter that the kernel has refused to hold.
    static func caveats(_ desired: DesiredEntry) -> [Message] {
        if desired.declared.isOffer { return [] }
        return desired.caveats.filter { !needsNoWarning($0, desired.entry) }.map { caveat in
            message(.warning, .caveat, desired.entry.name, desired.declared.location, "is registered, but \(caveat)")
        }
    }

    private static func needsNoWarning(_ caveat: Caveat, _ entry: Entry) -> Bool {
        switch caveat {
        case .interpreterAbsent: true
        case .obstacle: entry.holdsInterpreters
        default: false
        }
    }

    /// A warning of an entry of another program's through which users could become root, or each other.
    static func risk(_ item: Plan.Item, _ files: [HashedPath: InterpreterFile]) -> Message? {
        guard !item.isOwned, item.desired == nil, let entry = item.observed?.understood else { return nil }
        let risk = entry.namedInterpreters.compactMap { path in
            files[HashedPath(path)]?.hazard.map { (path: path, hazard: $0) }
        }.first
        let isRoot = entry.flags.contains(.credentials)
        guard risk != nil || isRoot else { return nil }
        var reasons: [String] = []
        if isRoot {
            reasons.append("it has the flag C, so that \(entry.interpreter) runs as root for set-uid programs")
        }
        if let hazard = risk?.hazard { reasons.append("others than root can decide what it runs: \(hazard)") }
        return Message(
            .warning, .foreignRisk,
            "Entry '\(item.name)', which another program registered, is a risk: \(reasons.joined(separator: "; "))",
            [
                .init("BINFMT_ENTRY", "\(item.name)"),
                .init("BINFMT_INTERPRETER", (risk?.path ?? entry.interpreter).string),
            ])
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

    private static func message(
        _ level: Message.Level, _ kind: Message.Kind, _ name: EntryName, _ location: SourceLocation?, _ text: String
    ) -> Message {
        var fields = [Message.Field("BINFMT_ENTRY", name.description)]
        if let location { fields += self.fields(location) }
        let place = location.map { "\($0): " } ?? ""
        return Message(level, kind, "\(place)Entry '\(name)' \(text)", fields)
    }

    private static func fields(_ location: SourceLocation) -> [Message.Field] {
        let file = Message.Field("CONFIG_FILE", location.file.string)
        return location.isWholeFile ? [file] : [file, .init("CONFIG_LINE", String(location.line))]
    }
}
