// SPDX-License-Identifier: Apache-2.0

extension SourcePosition {
    /// The line of a file with a caret below this column, in two lines without a line end after them; nil if the file has no
    /// such line. Characters that a terminal obeys instead of showing them, other than tab, are shown as U+FFFD.
    ///
    /// - Parameter bytes: The content of the file that the position belongs to.
    public func excerpt(in bytes: [UInt8]) -> String? {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        var rest = bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...]
        for _ in 1..<max(1, line) {
            guard let end = rest.firstIndex(of: .lineFeed) else { return nil }
            rest = rest[(end + 1)...]
        }
        var text = rest.prefix { $0 != .lineFeed }
        if text.last == .carriageReturn { text.removeLast() }
        let scalars = Array(
            String(decoding: text, as: UTF8.self).unicodeScalars.map { scalar in
                scalar.isShown || scalar == "\t" ? scalar : "\u{FFFD}"
            })
        // The same tabs before the caret as in the line above it.
        let margin = (0..<max(0, column - 1)).map { offset -> Unicode.Scalar in
            scalars.indices.contains(offset) && scalars[offset] == "\t" ? "\t" : " "
        }
        var excerpt = String.UnicodeScalarView(scalars)
        excerpt.append("\n")
        excerpt.append(contentsOf: margin)
        excerpt.append("^")
        return String(excerpt)
    }
}

extension TOMLError {
    /// The line of the mistake with a caret below it; nil if the file is another one, without such a line.
    ///
    /// - Parameter bytes: The content of the file.
    public func excerpt(in bytes: [UInt8]) -> String? { position.excerpt(in: bytes) }
}
