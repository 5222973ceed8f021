// SPDX-License-Identifier: Apache-2.0

extension Terminal {
    /// A line's length for prose: the terminal's, but not so long that it could not be read.
    var measure: Int { min(width ?? 80, 100) }

    /// A text in lines of that length.
    ///
    /// - Parameters:
    ///   - indentation: how many blanks stand before each line.
    ///   - label: what stands in place of the blanks of the first.
    func paragraph(_ text: String, indentation: Int = 0, label: String = "") -> String {
        let lead = label + String(repeating: " ", count: max(label.isEmpty ? 0 : 1, indentation - label.count))
        return lines(text, lead: lead, indentation: indentation)
    }

    /// A line of prose: broken where a terminal ends, whole where another program reads.
    ///
    /// - Parameter indentation: how many blanks stand before each line but the first.
    func prose(_ text: String, hanging indentation: Int = 0) -> String {
        width == nil ? text : lines(text, lead: "", indentation: indentation)
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

    /// A word that no line could hold, in parts that each can: a path is broken behind a slash.
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

extension StringProtocol {
    /// How many columns it takes: what gives it its colour takes none.
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
