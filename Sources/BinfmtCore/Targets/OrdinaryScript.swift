// SPDX-License-Identifier: Apache-2.0

/// The texts that are ordinary scripts: `#!`, blanks, an absolute path, perhaps arguments, and lines of text.
enum OrdinaryScript {
    /// Whether an ordinary script can match a pattern.
    static func mayMatch(_ pattern: MagicPattern) -> Bool {
        // Most patterns begin otherwise.
        if let beginning, !pattern.overlaps(beginning) { return false }
        var parts: Set<Part> = [.start]
        for position in 0..<(pattern.offset + pattern.magic.count) {
            let index = position - pattern.offset
            func fits(_ byte: UInt8) -> Bool {
                index < 0 || (byte ^ pattern.magic[index]) & pattern.mask(at: index) == 0
            }
            let next = parts.flatMap(\.steps).filter { $0.bytes.contains(where: fits) }.map(\.part)
            parts = Set(next)
            if parts.isEmpty { return false }
        }
        return true
    }

    /// The part of a script that the last byte belongs to.
    private enum Part {
        case start, hash, blanks, path, arguments, lines
        /// Past the end of a file the kernel sees zeros.
        case end

        /// The bytes that may follow, and the parts that they belong to.
        var steps: [(bytes: [UInt8], part: Part)] {
            switch self {
            case .start: [(Array("#".utf8), .hash)]
            case .hash: [(Array("!".utf8), .blanks)]
            case .blanks: [(OrdinaryScript.blanks, .blanks), (Array("/".utf8), .path)]
            case .path:
                [(OrdinaryScript.pathBytes, .path), (OrdinaryScript.separators, .arguments)] + Self.afterLine
            case .arguments: [(OrdinaryScript.text, .arguments)] + Self.afterLine
            case .lines: [(OrdinaryScript.text, .lines)] + Self.afterLine
            case .end: [([0], .end)]
            }
        }

        private static let afterLine: [(bytes: [UInt8], part: Part)] = [([UInt8(ascii: "\n")], .lines), ([0], .end)]
    }

    private static let beginning = try? MagicPattern(magic: Array("#!".utf8))
    private static let blanks = Array(" \t".utf8)
    private static let separators = Array(" \t\r".utf8)
    private static let text: [UInt8] = separators + Array(0x21...0x7e) + Array(0x80...0xff)

    /// The characters of the paths of programs.
    private static let pathBytes =
        Array(UInt8(ascii: "a")...UInt8(ascii: "z")) + Array(UInt8(ascii: "A")...UInt8(ascii: "Z"))
        + Array(UInt8(ascii: "0")...UInt8(ascii: "9")) + Array("/._-+@".utf8)
}
