// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// A path in a document. Every document spells paths in this one way, so that readers can open and compare them: as text,
/// in which a backslash is doubled, and a byte that is no UTF-8 is `\xHH`.
struct DocumentPath: Encodable {
    let path: FilePath

    init(_ path: FilePath) { self.path = path }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Self.spell(path.bytes))
    }

    private static func spell(_ bytes: [UInt8]) -> String {
        var text = ""
        var rest = bytes[...]
        while let first = rest.first {
            let length = [1, 2, 3, 4].first { String(validating: rest.prefix($0), as: UTF8.self) != nil }
            if let length, length <= rest.count {
                text += first == UInt8(ascii: "\\") ? #"\\"# : String(decoding: rest.prefix(length), as: UTF8.self)
                rest.removeFirst(length)
            } else {
                text += #"\x"# + first.hex
                rest.removeFirst()
            }
        }
        return text
    }
}
