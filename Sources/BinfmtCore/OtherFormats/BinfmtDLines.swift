// SPDX-License-Identifier: Apache-2.0

/// The lines of a file of binfmt.d(5), as systemd's `read_line` finds them. A newline, a carriage return or a NUL ends a
/// line; several of them together end one line, too, if none comes twice and a NUL comes last (`\r\n`).
package struct BinfmtDLines {
    /// The lines, without the bytes that end them.
    package private(set) var lines: [ArraySlice<UInt8>] = []

    package init(_ text: [UInt8]) {
        var start = text.startIndex
        var position = start
        while position < text.endIndex {
            guard Self.endsLine(text[position]) else {
                position += 1
                continue
            }
            lines.append(text[start..<position])
            start = Self.behindEnd(text, at: position)
            position = start
        }
        lines.append(text[start...])
    }

    private static func behindEnd(_ text: [UInt8], at first: Int) -> Int {
        var end = first + 1
        while end < text.endIndex, endsLine(text[end]), text[end - 1] != 0, !text[first..<end].contains(text[end]) {
            end += 1
        }
        return end
    }

    private static func endsLine(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") || byte == 0
    }
}
