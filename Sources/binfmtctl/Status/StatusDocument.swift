// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import Glibc

/// The document that `status --json` prints.
struct StatusDocument: Document {
    struct Registry: Encodable {
        let path: DocumentPath
        let enabled: Bool?
        let namespace: OrNull<String>
    }

    /// The status that the daemon publishes.
    struct Daemon: Encodable {
        let process: Int32
        let verdict: Report.Verdict
        let summary: String
    }

    let version = 1
    let verdict: Report.Verdict
    let summary: String
    let registry: Registry
    let daemon: OrNull<Daemon>
    let entries: [StatusEntryDocument]
    let issues: [IssueDocument]

    init(_ status: HostStatus) {
        verdict = status.verdict
        summary = status.summary
        registry = Registry(
            path: DocumentPath(status.hostPaths.registry), enabled: status.snapshot?.observed.isEnabled,
            namespace: OrNull(Self.namespace))
        daemon = OrNull(
            status.daemon.map { Daemon(process: $0.process, verdict: $0.verdict, summary: $0.summary) })
        entries = status.lines.map { StatusEntryDocument($0, since: status.since($0)) }
        issues = status.issues.map(IssueDocument.init)
    }

    /// The user namespace that the registry belongs to, as /proc/self/ns/user names it; nil where all namespaces share
    /// one registry.
    private static var namespace: String? {
        if let kernel = RunningKernel.version, kernel < .instances { return nil }
        var buffer = [CChar](repeating: 0, count: 64)
        return readlink("/proc/self/ns/user", &buffer, buffer.count - 1) < 0
            ? nil : String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
