// SPDX-License-Identifier: Apache-2.0
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
    let hasColor: Bool

    init(width: Int?, hasColor: Bool) {
        self.width = width
        self.hasColor = hasColor
    }

    /// The terminal on standard output. Colours are off where the environment has NO_COLOR (no-color.org).
    init() {
        let isTerminal = isatty(STDOUT_FILENO) == 1
        var size = winsize()
        let isKnown = isTerminal && ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        self.init(
            width: isKnown ? Int(size.ws_col) : nil,
            hasColor: Self.hasColor(isTerminal: isTerminal, noColor: getenv("NO_COLOR").map { String(cString: $0) }))
    }

    /// - Parameter noColor: the value of NO_COLOR; nil if it is not set.
    static func hasColor(isTerminal: Bool, noColor: String?) -> Bool { isTerminal && (noColor ?? "").isEmpty }

    func styled(_ text: String, _ style: Style) -> String {
        hasColor && style != .plain ? "\u{1b}[\(style.rawValue)m\(text)\u{1b}[0m" : text
    }
}
