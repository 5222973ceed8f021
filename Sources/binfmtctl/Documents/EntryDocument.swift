// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// An entry as the kernel has it, or will have it.
struct EntryDocument: Encodable {
    let interpreter: DocumentPath
    let flags: [String]
    let recognition: RecognitionDocument

    init(_ entry: Entry) {
        interpreter = DocumentPath(entry.interpreter)
        flags = entry.flags.keys
        recognition = RecognitionDocument(entry.recognition)
    }
}
