// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// The files that an entry matches, in the documents of several commands.
struct RecognitionDocument: Encodable {
    enum Kind: String, Encodable, CaseIterable {
        case magic
        case filenameExtension = "extension"
    }

    let type: Kind
    var offset: Int?
    var magic: String?
    var mask: String?
    var fileExtension: String?

    enum CodingKeys: String, CodingKey {
        case type, offset, magic, mask
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
        }
    }
}
