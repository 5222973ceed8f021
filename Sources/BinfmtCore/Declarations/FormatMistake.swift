// SPDX-License-Identifier: Apache-2.0

/// A file in another format than its name says.
enum FormatMistake: CustomStringConvertible {
    /// Lines of binfmt.d(5) where TOML is expected.
    case linesInTOML
    /// The format of Debian's /usr/share/binfmts where lines of binfmt.d(5) are expected.
    case binfmtsInLines
    /// A program.
    case program

    /// - Returns: the mistake, and the number of the first line that shows it; 0 for the file as a whole.
    static func inTOML(_ text: [UInt8]) -> (mistake: FormatMistake, line: Int)? {
        if isProgram(text) { return (.program, 0) }
        guard let (number, line) = firstLine(text), line.first == UInt8(ascii: ":"),
            line.count(where: { $0 == UInt8(ascii: ":") }) > 2
        else { return nil }
        return (.linesInTOML, number)
    }

    /// - Returns: the mistake, and the number of the first line that shows it; 0 for the file as a whole.
    static func inLines(_ text: [UInt8]) -> (mistake: FormatMistake, line: Int)? {
        if isProgram(text) { return (.program, 0) }
        guard let (number, line) = firstLine(text) else { return nil }
        let word = line.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
        guard word.endIndex < line.endIndex, binfmtsKeys.contains(where: word.elementsEqual) else { return nil }
        return (.binfmtsInLines, number)
    }

    static func isProgram(_ text: [UInt8]) -> Bool { text.starts(with: [0x7f] + Array("ELF".utf8)) }

    /// The first line that is neither empty nor a comment, without the blanks before it, and its number.
    private static func firstLine(_ text: [UInt8]) -> (number: Int, line: ArraySlice<UInt8>)? {
        let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let content = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r") }
            guard let first = content.first, first != UInt8(ascii: "#"), first != UInt8(ascii: ";") else { continue }
            return (index + 1, content)
        }
        return nil
    }

    /// The keys that such a file begins with (update-binfmts(8)).
    private static let binfmtsKeys = ["package", "interpreter", "magic", "extension", "offset", "detector"].map {
        $0.utf8
    }

    var description: String {
        switch self {
        case .linesInTOML:
            "this is a line of binfmt.d(5), not TOML: move the file to /etc/binfmt.d/NAME.conf, or convert it with "
                + "binfmtctl import"
        case .binfmtsInLines:
            "this is the format of Debian's /usr/share/binfmts, not of binfmt.d(5): move the file there, without .conf in "
                + "its name, and set binfmts = true"
        case .program: "this is a program, not a configuration file"
        }
    }
}
