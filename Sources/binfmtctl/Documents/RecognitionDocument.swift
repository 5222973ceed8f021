// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// The files that an entry matches, in the documents of several commands.
struct RecognitionDocument: Encodable {
    enum Kind: String, Encodable, CaseIterable {
        case magic
        case filenameExtension = "extension"
        case handler = "bpf"
    }

    /// An interpreter that the kernel holds for a BPF handler.
    struct Bound: Encodable {
        let name: String
        let path: DocumentPath
    }

    let type: Kind
    var offset: Int?
    var magic: String?
    var mask: String?
    var fileExtension: String?
    var handler: String?
    var interpreters: [Bound]?

    enum CodingKeys: String, CodingKey {
        case type, offset, magic, mask, handler, interpreters
        case fileExtension = "extension"
    }

    init(_ recognition: Recognition) {
        switch recognition {
        case .magic(let pattern):
            type = .magic
            offset = pattern.offset
            magic = pattern.magic.hex
            mask = pattern.mask.hex
        case .filenameExtension(let name):
            type = .filenameExtension
            fileExtension = name.description
        case .handler(let bpf):
            type = .handler
            handler = bpf.description
            interpreters = bpf.interpreters.map { Bound(name: $0.name.printable, path: DocumentPath($0.path)) }
        }
    }
}
