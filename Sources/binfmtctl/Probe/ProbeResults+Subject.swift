// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost

extension ProbeResults {
    typealias Subject = (observed: ObservedState, absent: [ProbePlan.Absent])

    /// Why there is no registry to try.
    struct NoRegistry: Error, CustomStringConvertible {
        let description: String
    }

    /// The entries that this host's registry has, and those that are declared and missing.
    static func registered(_ hostPaths: HostPaths) throws -> Subject {
        let status = HostStatus(hostPaths)
        guard let snapshot = status.snapshot else {
            throw NoRegistry(description: "\(status.summary). Without one: binfmtctl probe --private")
        }
        let missing: Set<EntryState> = [.pending, .waiting, .refused, .failed, .suspended]
        let absent = status.lines.compactMap { line -> ProbePlan.Absent? in
            guard line.order == nil, missing.contains(line.state), let recognition = line.item.declared?.recognition
            else { return nil }
            let isPending = line.state == .pending
            let reason =
                isPending ? "declared, but not yet registered" : line.reason?.description ?? line.state.rawValue
            return (line.item.name, recognition, reason)
        }
        return (snapshot.observed, absent)
    }

    /// The declared entries, in a registry that only this process has.
    static func declared(_ hostPaths: HostPaths) throws -> Subject {
        var directories = hostPaths.configDirectories(beside: hostPaths.daemon)
        let instance = try PrivateInstance(at: hostPaths.registry, directories.read().configuration)
        let desired = instance.desired
        let entries = Dictionary(desired.entries.map { ($0.entry.name, $0.entry) }, uniquingKeysWith: { $1 })
        let refused = instance.refused.compactMap { name, failure in
            entries[name].map { (name, $0.recognition, "\(failure)") }
        }
        let withheld = desired.withheld.filter { !$0.state.isAsDeclared }.compactMap { item in
            item.declared.recognition.map { (item.declared.name, $0, item.reason.description) }
        }
        return (instance.observed, refused + withheld)
    }
}
