// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// An entry in the document of `status`.
struct StatusEntryDocument: Encodable {
    enum Owner: String, Encodable, CaseIterable {
        case declared
        /// Registered by binfmtd, and no longer declared.
        case owned
        case foreign
    }

    struct Source: Encodable {
        let file: DocumentPath
        let line: Int
    }

    let name: String
    let state: EntryState
    let owner: Owner
    let interpreter: OrNull<DocumentPath>
    let flags: [String]
    let kernelFlags: String
    let priority: OrNull<Int>
    let recognition: OrNull<RecognitionDocument>
    let platform: OrNull<String>
    let order: OrNull<Int>
    let source: OrNull<Source>
    let code: OrNull<ReasonCode>
    let reason: OrNull<String>
    /// The time of the registration (RFC 3339).
    let since: OrNull<String>
    /// The number of repairs since the daemon started.
    let repairs: Int

    enum CodingKeys: String, CodingKey {
        case name, state, owner, interpreter, flags, priority, recognition, platform, order, source, code, reason
        case since, repairs
        case kernelFlags = "kernel-flags"
    }

    init(_ line: StatusLine, since: FileTime?) {
        let declared = line.item.declared
        name = line.name
        state = line.state
        owner = declared != nil && line.item.state != .foreign ? .declared : line.item.isOwned ? .owned : .foreign
        interpreter = OrNull(line.interpreter.map(DocumentPath.init))
        flags = line.flags.keys
        kernelFlags = line.flags.letters
        priority = OrNull(declared?.priority)
        recognition = OrNull(line.recognition.map(RecognitionDocument.init))
        platform = OrNull(line.recognition?.platform)
        order = OrNull(line.order)
        source = OrNull(declared?.location.map { Source(file: DocumentPath($0.file), line: $0.line) })
        code = OrNull(line.reason?.code)
        reason = OrNull(line.reason?.description)
        self.since = OrNull(since.map { Timestamp($0.seconds).rfc3339 })
        repairs = line.record?.repairs ?? 0
    }
}
