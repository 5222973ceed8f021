// SPDX-License-Identifier: Apache-2.0
import LocatedTOML

extension TOMLWriter {
    /// Writes the keys of an `[entry]` that say which files it recognises.
    mutating func pairs(_ recognition: Recognition) {
        switch recognition {
        case .filenameExtension(let name): pair("extension", String(decoding: name.bytes, as: UTF8.self))
        case .handler(let handler):
            pair("bpf", handler.description)
            if handler.interpreters.isEmpty { break }
            pair("interpreters", handler.interpreters.map { ($0.name.printable, $0.path.string) })
        case .magic(let pattern):
            pair("magic", pattern.text)
            if pattern.offset != 0 { pair("offset", pattern.offset) }
            if !pattern.isExact { pair("mask", "0x" + pattern.mask.hex) }
        }
    }
}

extension MagicPattern {
    /// Printable text unchanged, anything else as hexadecimal digits, so that no backslash has to be escaped in TOML.
    fileprivate var text: String {
        let isText = isExact && magic.allSatisfy { (0x20...0x7e).contains($0) && $0 != UInt8(ascii: "\\") }
        return isText && !magic.starts(with: "0x".utf8) ? String(decoding: magic, as: UTF8.self) : "0x" + magic.hex
    }
}
