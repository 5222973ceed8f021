// SPDX-License-Identifier: Apache-2.0

/// The issues of a file as they are found: the first are listed, the others counted, so that a file of mistakes costs no
/// more than reading it.
package struct IssueList: Sendable {
    /// The number of issues of a file that are listed.
    package static let limit = 64

    /// The number of issues that can still be listed.
    private(set) var room: Int
    private var listed: [Issue] = []
    private var errors = Unlisted(.error)
    private var warnings = Unlisted(.warning)

    /// - Parameter room: that of the file's list, for the issues of a part of it.
    init(room: Int = limit) { self.room = room }

    /// The listed issues, and one more for the errors and one for the warnings that are not listed.
    var all: [Issue] { listed + unlisted }

    /// The number of issues, listed or not.
    var count: Int { listed.count + errors.count + warnings.count }

    var hasError: Bool { errors.count > 0 || listed.contains { $0.severity == .error } }

    /// Adds an issue.
    ///
    /// - Parameter problem: evaluated only if the issue is listed.
    mutating func add(
        _ severity: Issue.Severity, _ kind: Issue.Kind, at location: SourceLocation, entry: String? = nil,
        _ problem: @autoclosure () -> String, consequence: String? = nil
    ) {
        guard room > 0 else { return count(severity, 1, at: location) }
        room -= 1
        listed.append(Issue(severity, kind, at: location, entry: entry, problem(), consequence: consequence))
    }

    /// Adds the issues of a part of the file, whose list had this one's room.
    mutating func add(_ part: IssueList) {
        room -= part.listed.count
        listed += part.listed
        for unlisted in [part.errors, part.warnings] {
            if let first = unlisted.first { count(unlisted.severity, unlisted.count, at: first) }
        }
    }

    /// Sorts the listed issues by their places.
    mutating func sort() {
        listed.sort { ($0.location.line, $0.location.column) < ($1.location.line, $1.location.column) }
    }

    private var unlisted: [Issue] { [errors, warnings].compactMap(\.issue) }

    private mutating func count(_ severity: Issue.Severity, _ number: Int, at location: SourceLocation) {
        switch severity {
        case .error: errors.count(number, at: location)
        case .warning: warnings.count(number, at: location)
        }
    }

    /// The issues of one severity that are not listed.
    private struct Unlisted {
        let severity: Issue.Severity
        private(set) var count = 0
        private(set) var first: SourceLocation?

        init(_ severity: Issue.Severity) { self.severity = severity }

        mutating func count(_ number: Int, at location: SourceLocation) {
            count += number
            first = first ?? location
        }

        var issue: Issue? {
            guard let first else { return nil }
            let what = severity.rawValue
            let verb = count == 1 ? "is" : "are"
            var issue = Issue(
                severity, .unlisted, at: first, "\(counted(count, "more \(what)", "more \(what)s")) \(verb) not listed")
            issue.count = count
            return issue
        }
    }
}

extension IssueList {
    /// The issues of several files, of each file no more than ``limit``.
    static func limited(_ issues: [Issue]) -> [Issue] {
        if issues.count <= limit { return issues }
        var lists: [HashedPath: IssueList] = [:]
        var order: [HashedPath] = []
        var listed: [Issue] = []
        for issue in issues {
            let file = HashedPath(issue.location.file)
            if lists[file] == nil { order.append(file) }
            if lists[file, default: IssueList()].take(issue) { listed.append(issue) }
        }
        return listed + order.flatMap { lists[$0]?.unlisted ?? [] }
    }

    /// - Returns: whether there is room to list it.
    private mutating func take(_ issue: Issue) -> Bool {
        if issue.kind != .unlisted, room > 0 {
            room -= 1
            return true
        }
        count(issue.severity, issue.count, at: issue.location)
        return false
    }
}

extension Sequence<Issue> {
    /// The number of issues of a severity, with those that are not listed.
    package func count(_ severity: Issue.Severity) -> Int {
        reduce(0) { $1.severity == severity ? $0 + $1.count : $0 }
    }
}
