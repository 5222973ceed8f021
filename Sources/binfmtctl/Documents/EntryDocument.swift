// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// An entry as the kernel has it, or will have it.
struct EntryDocument: Encodable {
    /// Null for an entry whose BPF handler chooses.
    let interpreter: OrNull<DocumentPath>
    let flags: [String]
    let recognition: RecognitionDocument

    init(_ entry: Entry) {
        interpreter = OrNull(entry.namedInterpreter.map(DocumentPath.init))
        flags = entry.flags.keys
        recognition = RecognitionDocument(entry.recognition)
    }
}
