// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

extension MagicPattern {
    /// Sixteen bytes of a pattern as hexadecimal digits.
    struct Row {
        /// The position of the first byte in the file.
        let place: Int
        let magic: String
        /// The mask of these bytes; nil in every row if all bits are compared.
        let mask: String?
    }

    var rows: [Row] {
        stride(from: 0, to: magic.count, by: 16).map { start in
            let range = start..<min(start + 16, magic.count)
            func digits(_ bytes: [UInt8]) -> String { bytes[range].map(\.hex).joined(separator: " ") }
            return Row(place: offset + start, magic: digits(magic), mask: isExact ? nil : digits(mask))
        }
    }
}
