// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

extension Terminal {
    /// The length of a line of prose in columns: the terminal's, up to what is still easy to read.
    var measure: Int { min(width ?? 80, 100) }

    /// A text, escaped, and broken into lines of that length.
    ///
    /// - Parameters:
    ///   - indentation: the blanks before each line.
    ///   - label: the text in place of the blanks of the first line.
    func paragraph(_ text: String, indentation: Int = 0, label: String = "") -> String {
        let lead = label + String(repeating: " ", count: max(label.isEmpty ? 0 : 1, indentation - label.count))
        return lines(text.printable, lead: lead, indentation: indentation)
    }

    /// A line of prose, escaped, broken to fit a terminal, and left whole for another program.
    ///
    /// - Parameter indentation: the blanks before each line but the first.
    func prose(_ text: String, hanging indentation: Int = 0) -> String {
        prose([StyledText(text)], hanging: indentation)
    }

    /// A line of prose in several styles.
    func prose(_ pieces: [StyledText], hanging indentation: Int = 0) -> String {
        let text = pieces.map { styled($0.text, $0.style) }.joined()
        return width == nil ? text : lines(text, lead: "", indentation: indentation)
    }

    private func lines(_ text: String, lead: String, indentation: Int) -> String {
        let blanks = String(repeating: " ", count: indentation)
        var lines: [String] = []
        var line = lead
        var isEmpty = true
        for word in text.split(separator: " ") {
            for (index, piece) in pieces(of: word, room: measure - indentation).enumerated() {
                if index > 0 || !isEmpty && line.columns + 1 + piece.columns > measure {
                    lines.append(line)
                    line = blanks
                    isEmpty = true
                }
                line += (isEmpty ? "" : " ") + piece
                isEmpty = false
            }
        }
        return (lines + [line]).joined(separator: "\n")
    }

    /// The parts of a word that is longer than a line; a path is broken after a slash.
    private func pieces(of word: Substring, room: Int) -> [Substring] {
        guard width != nil, room > 0, word.columns > room else { return [word] }
        var rest = word
        var pieces: [Substring] = []
        while rest.count > room {
            let head = rest.prefix(room)
            let end = head.dropFirst().lastIndex(of: "/").map { head.index(after: $0) } ?? head.endIndex
            pieces.append(rest[..<end])
            rest = rest[end...]
        }
        return pieces + [rest]
    }
}

/// A part of a line, in one style.
struct StyledText {
    let text: String
    let style: Terminal.Style

    init(_ text: String, _ style: Terminal.Style = .plain) {
        self.text = text
        self.style = style
    }
}

extension StringProtocol {
    /// The width in columns. Escape sequences of colours have none.
    var columns: Int {
        var count = 0
        var isControl = false
        for character in self {
            if character == "\u{1b}" { isControl = true }
            if !isControl { count += 1 }
            if character == "m" { isControl = false }
        }
        return count
    }
}
