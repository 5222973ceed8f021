// SPDX-License-Identifier: Apache-2.0

/// Which entries are tested, and with which program.
package struct ProbePlan: Sendable {
    package struct Job: Sendable {
        package let entry: ObservedEntry
        package let architecture: ProbeArchitecture
    }

    /// An entry that is declared and not registered, with the reason.
    package typealias Absent = (name: EntryName, recognition: Recognition, reason: String)

    package enum Item: Sendable {
        case job(Job)
        /// A result that needs no test.
        case finding(ProbeFinding)
    }

    package let items: [Item]
    /// Names of entries for other files than programs; empty if entries were named.
    package let others: [String]

    package var hasJobs: Bool { items.contains { if case .job = $0 { true } else { false } } }

    /// - Parameters:
    ///   - registry: what is registered.
    ///   - absent: what is not, and should be.
    ///   - names: entries, or targets by any of their names; all entries if none is named.
    package init(_ registry: ObservedState, absent: [Absent], names: [String]) {
        var jobs: [Job] = []
        var others: [String] = []
        for entry in registry.entries {
            if let architecture = entry.recognition.flatMap(Self.architecture) {
                jobs.append(Job(entry: entry, architecture: architecture))
            } else {
                others.append(entry.name.description)
            }
        }
        let missing = absent.compactMap { item in
            Self.architecture(item.recognition).map { Self.unregistered(item.name.description, $0.name, item.reason) }
        }
        if names.isEmpty {
            items = jobs.map(Item.job) + missing.map(Item.finding)
            self.others = others
        } else {
            items = names.map { Self.item($0, jobs, missing, others: others) }
            self.others = []
        }
    }

    private static func item(_ name: String, _ jobs: [Job], _ missing: [ProbeFinding], others: [String]) -> Item {
        let known = QemuTarget.named(name)
        let target = known?.name ?? name
        let job =
            jobs.first { $0.entry.name.description == name } ?? jobs.first { $0.architecture.name == target }
        if let job { return .job(job) }
        if let absent = missing.first(where: { $0.name == name || $0.architecture == target }) {
            return .finding(absent)
        }
        let reason =
            if others.contains(name) {
                "it is not for programs of an architecture"
            } else if known != nil {
                "no entry is registered for its programs"
            } else {
                "no such entry"
            }
        return .finding(unregistered(name, target, reason))
    }

    private static func unregistered(_ name: String, _ architecture: String, _ reason: String) -> ProbeFinding {
        ProbeFinding(name: name, architecture: architecture, state: .notRegistered, remark: reason)
    }

    /// The first architecture whose program an entry matches.
    private static func architecture(_ recognition: Recognition) -> ProbeArchitecture? {
        guard case .magic(let pattern) = recognition else { return nil }
        return ProbeArchitecture.all.first { pattern.matches(ProbeProgram($0).image) }
    }
}
