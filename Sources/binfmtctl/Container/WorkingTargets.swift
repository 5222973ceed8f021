// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost

/// The targets of whose programs one runs in an empty root directory, through whichever entry.
struct WorkingTargets {
    /// The names of their entries.
    private(set) var names: Set<EntryName> = []
    /// Why the others do not work.
    private(set) var remarks: [EntryName: String] = [:]
    /// Whether no program could be run at all, for lack of a directory or of rights.
    let isUnknown: Bool

    /// How long a program may take.
    private static let limit = Duration.seconds(5)

    init(_ entries: [DesiredEntry], _ paths: HostPaths) {
        let targets = entries.compactMap { entry in entry.declared.qemuTarget.map { ($0.name, entry.entry.name) } }
        let results = ProbeResults(paths, .host, names: targets.map(\.0), limit: Self.limit)
        isUnknown = results.problem != nil
        let findings = Dictionary(
            results.findings.map { ($0.architecture, $0) }, uniquingKeysWith: { first, _ in first })
        for (target, name) in targets {
            guard let finding = findings[target] else { continue }
            switch finding.state {
            case .works, .nameLost: names.insert(name)
            case .notRegistered: remarks[name] = "no entry is registered for it"
            default: remarks[name] = finding.remark ?? finding.state.rawValue
            }
        }
    }
}
