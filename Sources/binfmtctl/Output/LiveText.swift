// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// A text that is shown again whenever it changes.
struct LiveText {
    private var last: String?

    /// Shows a text, if it is not there already.
    mutating func show(_ text: String, on terminal: Terminal) throws(StandardOutput.Failure) {
        if let drawing = drawing(of: text, on: terminal) { try StandardOutput.write(Glyphs.current.fit(drawing)) }
    }

    /// Writes a line, if it is not the last one.
    mutating func add(_ line: String) throws(StandardOutput.Failure) {
        if line == last { return }
        try StandardOutput.write(line + "\n")
        last = line
    }

    /// What has to be written to show a text: on a terminal in place of the last one, for another program after it.
    ///
    /// - Returns: nil if it is there already.
    mutating func drawing(of text: String, on terminal: Terminal) -> String? {
        // A terminal of another size may have moved the last one.
        let key = "\(terminal.width ?? 0) \(terminal.height ?? 0)\n" + text
        if key == last { return nil }
        let isFirst = last == nil
        last = key
        guard let height = terminal.height else { return (isFirst ? "" : "\n") + text + "\n" }
        let (erase, start, endOfLine, eraseRest) = ("\u{1b}[2J", "\u{1b}[H", "\u{1b}[K\n", "\u{1b}[J")
        // The cursor stands in the last line.
        let lines = Self.fit(text, into: height - 1)
        return (isFirst ? erase : "") + start + lines.map { $0 + endOfLine }.joined() + eraseRest
    }

    /// The first lines of a text, with the number of those for which there is no room.
    private static func fit(_ text: String, into height: Int) -> [String] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.count <= height { return lines }
        let hidden = lines.count - height + 1
        return lines.prefix(height - 1) + ["… (\(counted(hidden, "more line", "more lines")))"]
    }
}
