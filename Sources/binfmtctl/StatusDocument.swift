// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import Glibc

/// What `status --json` prints.
struct StatusDocument: Document {
    struct Registry: Encodable {
        let path: String
        let enabled: Bool?
        let namespace: OrNull<String>
    }

    /// What the daemon says of itself.
    struct Daemon: Encodable {
        let process: Int32
        let verdict: String
        let summary: String
    }

    struct Source: Encodable {
        let file: String
        let line: Int
    }

    struct Entry: Encodable {
        let name: String
        let state: String
        let owner: String
        let interpreter: OrNull<String>
        let flags: [String]
        let kernelFlags: String
        let priority: OrNull<Int>
        let recognition: OrNull<RecognitionDocument>
        let platform: OrNull<String>
        let order: OrNull<Int>
        let source: OrNull<Source>
        let reason: OrNull<String>
        /// When it was registered, as RFC 3339 has it.
        let since: OrNull<String>
        /// How often it was mended since the daemon started.
        let repairs: Int

        enum CodingKeys: String, CodingKey {
            case name, state, owner, interpreter, flags, priority, recognition, platform, order, source, reason
            case since, repairs
            case kernelFlags = "kernel-flags"
        }
    }

    let version = 1
    let verdict: String
    let summary: String
    let registry: Registry
    let daemon: OrNull<Daemon>
    let entries: [Entry]
    let issues: [IssueDocument]
}

extension HostStatus {
    var document: StatusDocument {
        StatusDocument(
            verdict: verdict.rawValue, summary: summary,
            registry: StatusDocument.Registry(
                path: hostPaths.registry.string, enabled: preview?.observed.isEnabled,
                namespace: OrNull(Self.namespace)),
            daemon: OrNull(
                daemon.map {
                    StatusDocument.Daemon(process: $0.process, verdict: $0.verdict.rawValue, summary: $0.summary)
                }),
            entries: lines.map { StatusDocument.Entry($0, since: since($0)) },
            issues: issues.map(IssueDocument.init))
    }

    /// The user namespace whose registry it is, as /proc/self/ns/user names it; nil where one registry is for all.
    private static var namespace: String? {
        if let kernel = RunningKernel.version, kernel < .instances { return nil }
        var buffer = [CChar](repeating: 0, count: 64)
        return readlink("/proc/self/ns/user", &buffer, buffer.count - 1) < 0
            ? nil : String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

extension StatusDocument.Entry {
    init(_ line: HostStatus.Line, since: FileTime?) {
        let flags = line.entry?.flags ?? line.item.declared?.flags ?? []
        let recognition = line.wanted
        self.init(
            name: line.name, state: line.state.rawValue,
            owner: line.item.declared != nil ? "declared" : line.item.isOwned ? "owned" : "foreign",
            interpreter: OrNull(line.interpreter == "-" ? nil : line.interpreter), flags: flags.keys,
            kernelFlags: flags.letters, priority: OrNull(line.item.declared?.priority),
            recognition: OrNull(recognition.map(RecognitionDocument.init)), platform: OrNull(recognition?.platform),
            order: OrNull(line.order),
            source: OrNull(
                line.item.declared?.location.map { StatusDocument.Source(file: $0.file.string, line: $0.line) }),
            reason: OrNull(line.reason?.description),
            since: OrNull(since.map { Moment($0.seconds).timestamp }),
            repairs: line.record?.repairs ?? 0)
    }
}
