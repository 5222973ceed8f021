// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc

/// The terminal on standard output: its width, and whether it shows colours.
struct Terminal {
    enum Style: String {
        case plain = ""
        case bold = "1"
        case red = "31"
        case green = "32"
        case yellow = "33"
    }

    /// The width in columns; nil if standard output is no terminal.
    let width: Int?
    /// The height in lines; nil if nothing can be drawn in place.
    let height: Int?
    let hasColor: Bool
    private let isTerminal: Bool

    /// - Parameter isTerminal: whether standard output is a terminal; nil for one with a width.
    init(width: Int?, height: Int? = nil, hasColor: Bool, isTerminal: Bool? = nil) {
        self.width = width
        self.height = height
        self.hasColor = hasColor
        self.isTerminal = isTerminal ?? (width != nil)
    }

    /// The terminal on standard output. Colours are off where the environment has NO_COLOR (no-color.org), and on a
    /// terminal that has none.
    init() {
        let isTerminal = isatty(STDOUT_FILENO) == 1
        var size = winsize()
        let isKnown = isTerminal && ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        let canMove = Self.variable("TERM") != nil && Self.variable("TERM") != "dumb"
        self.init(
            width: isKnown ? Int(size.ws_col) : nil,
            height: isKnown && canMove && size.ws_row > 1 ? Int(size.ws_row) : nil,
            hasColor: Self.hasColor(
                isTerminal: isTerminal, noColor: Self.variable("NO_COLOR"), type: Self.variable("TERM")),
            isTerminal: isTerminal)
    }

    /// - Parameters:
    ///   - noColor: the value of NO_COLOR; nil if it is not set.
    ///   - type: the value of TERM.
    static func hasColor(isTerminal: Bool, noColor: String?, type: String?) -> Bool {
        isTerminal && (noColor ?? "").isEmpty && type != "dumb"
    }

    private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    /// A text in one line, escaped, and in a style if there are colours.
    func styled(_ text: String, _ style: Style) -> String {
        let text = text.printable
        return hasColor && style != .plain ? "\u{1b}[\(style.rawValue)m\(text)\u{1b}[0m" : text
    }

    /// The content of a file: for a terminal with its lines escaped, for another program as it is.
    func content(_ text: String) -> String {
        guard isTerminal else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0).printable }
                .joined(separator: "\t")
        }.joined(separator: "\n")
    }
}
