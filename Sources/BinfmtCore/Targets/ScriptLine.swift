// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// The first line of a script, parsed as `load_script` does it (`fs/binfmt_script.c`).
package struct ScriptLine: Hashable, Sendable {
    package let interpreter: FilePath
    /// All that follows the interpreter, as one argument.
    package let argument: String?

    static let start = Array("#!".utf8)

    /// Whether the interpreter's name ends in a carriage return, because the file has the line ends of Windows.
    package var endsAsOnWindows: Bool { argument == nil && interpreter.bytes.last == UInt8(ascii: "\r") }

    /// - Parameter header: the first bytes of the file, as many as the kernel reads.
    /// - Returns: nil where the kernel answers ENOEXEC: the line names no interpreter, or the name does not end within
    ///   these bytes.
    package init?(header: [UInt8]) {
        guard header.starts(with: Self.start) else { return nil }
        let rest = header.dropFirst(Self.start.count)
        let end = rest.firstIndex(of: UInt8(ascii: "\n"))
        let line = end.map { rest[..<$0] } ?? rest
        let words = line.drop(while: Self.isBlank)
        let name = words.prefix { !Self.isBlank($0) && $0 != 0 }
        guard !name.isEmpty else { return nil }
        let isCut = end == nil && header.count >= MagicPattern.window && name.endIndex == line.endIndex
        if isCut { return nil }
        interpreter = FilePath(bytes: name)
        let tail = words[name.endIndex...].prefix { $0 != 0 }.drop(while: Self.isBlank)
        let trimmed = tail.reversed().drop(while: Self.isBlank).reversed()
        argument = trimmed.isEmpty ? nil : Array(trimmed).printable
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
