// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// The first bytes of a file as hexadecimal digits and as text: the whole header of an ELF file, or as much as an entry
/// looks at.
struct HeaderDump {
    private let bytes: ArraySlice<UInt8>

    /// - Parameter pattern: that of the entry that matches.
    init(_ file: ProgramFile, _ pattern: MagicPattern?) {
        let end = pattern.map { $0.offset + $0.magic.count } ?? 0
        let isELF = if case .elf = file.kind { true } else { false }
        bytes = file.header.prefix(max(isELF ? 64 : 32, end))
    }

    var text: String {
        stride(from: 0, to: bytes.count, by: 16).map { start in
            let row = bytes[start..<min(start + 16, bytes.count)]
            let text = row.map { (0x20...0x7e).contains($0) ? String(UnicodeScalar($0)) : "." }.joined()
            let digits = row.map(\.hex).joined(separator: " ")
            let gap = String(repeating: " ", count: 47 - digits.count)
            return "  \(UInt8(truncatingIfNeeded: start).hex)  \(digits)\(gap)  \(text)"
        }.joined(separator: "\n")
    }
}
