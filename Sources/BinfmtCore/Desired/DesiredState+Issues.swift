// SPDX-License-Identifier: Apache-2.0

extension DesiredState {
    /// A warning for each entry that cannot be registered on this host, or may do less than its author expects; they
    /// are those that the daemon would log. An offer gets none, because no user asked for it.
    ///
    /// - Parameters:
    ///   - found: the issues of the files themselves, which share each file's limit.
    ///   - kept: the withheld entries of which an old one stays in the kernel.
    /// - Returns: all issues.
    package func issues(besides found: [Issue], kept: Set<EntryName> = []) -> [Issue] {
        let withheld = withheld.filter { !$0.state.isAsDeclared && !$0.declared.isOffer }.flatMap { entry in
            let problems = [(Issue.Kind.notRegistered, "\(entry.reason)")] + Self.mistakes(entry.declared)
            let isKept = kept.contains(entry.declared.name)
            let consequence = isKept ? entry.reason.consequenceForOldEntry : "not registered"
            return problems.map { Self.issue(entry.declared, $0, $1, consequence) }
        }
        let caveats = entries.filter { !$0.declared.isOffer }.flatMap { entry in
            entry.caveats.filter { $0.code != .interpreterAbsent }.map { caveat in
                let isRefused = if case .obstacle = caveat { entry.entry.holdsInterpreters } else { false }
                return Self.issue(
                    entry.declared, .caveat, "\(caveat)", isRefused ? "the kernel will refuse it" : "still registered")
            }
        }
        return IssueList.limited(found + withheld + caveats)
    }

    /// What would remain wrong with an entry once it can be registered.
    private static func mistakes(_ declared: DeclaredEntry) -> [(Issue.Kind, String)] {
        guard case .magic(let pattern) = declared.recognition, let mistake = pattern.mistake else { return [] }
        return [(.caveat, "\(Caveat.magic(mistake, declared.form))")]
    }

    private static func issue(
        _ declared: DeclaredEntry, _ kind: Issue.Kind, _ problem: String, _ consequence: String?
    ) -> Issue {
        Issue(
            .warning, kind, at: declared.location ?? SourceLocation(file: "/"), entry: "\(declared.name)", problem,
            consequence: consequence)
    }
}
