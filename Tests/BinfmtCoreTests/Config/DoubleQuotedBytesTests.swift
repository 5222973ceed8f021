// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

@testable import BinfmtCore

/// Magics in double quotes; the messages are in Tests/Fixtures/configuration/double-quotes.
@Suite struct DoubleQuotedBytesTests {
    /// The spellings of a character in double quotes.
    private static func spellings(of byte: UInt8) -> [String] {
        let hex = byte.hex
        var all = ["\\x\(hex)", "\\x\(hex.uppercased())", "\\u00\(hex)", "\\U000000\(hex)", "\\\\x\(hex)"]
        if 0x20..<0x7f ~= byte, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
            all.append(String(Unicode.Scalar(byte)))
        }
        let short: [UInt8: String] = [
            0x08: "b", 0x09: "t", 0x0a: "n", 0x0c: "f", 0x0d: "r", 0x1b: "e", 0x22: "\"",
        ]
        if let letter = short[byte] { all.append("\\\(letter)") }
        return all
    }

    private func file(_ line: String) -> ConfigFile {
        let text = "[qemu]\ntargets = []\n[entry.a]\ninterpreter = \"/x\"\n\(line)\n"
        return ConfigFile(path: "/a.toml", text: Array(text.utf8))
    }

    private func magic(_ file: ConfigFile) -> [UInt8]? {
        guard case .explicit(.magic(let pattern)) = file.declarations.first?.recognition else { return nil }
        return pattern.magic
    }

    /// Each byte of ASCII in each spelling; a backslash only in the kernel's.
    @Test func takeCharactersOfASCII() {
        for byte in UInt8(0)..<0x80 {
            for spelling in Self.spellings(of: byte) {
                let file = file("magic = \"\(spelling)\"")
                if byte == UInt8(ascii: "\\"), !spelling.hasPrefix("\\\\x") {
                    #expect(file.issues.first?.problem.hasSuffix(#"; write magic = '\x5c'"#) == true)
                } else {
                    #expect(magic(file) == [byte], "\(spelling)")
                }
            }
        }
    }

    /// Random bytes as `\xHH`: those of ASCII are taken, and for others the line in the message means them.
    @Test(arguments: UInt64(1)...20)
    func nameTheLineThatMeansTheBytes(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let top: UInt8 = Bool.random(using: &random) ? 0x7f : 0xff
            let count = Int.random(in: 1...20, using: &random)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...top, using: &random) }
            let spelled = bytes.map { byte in
                byte >= 0x80 || byte == UInt8(ascii: "\\")
                    ? "\\x\(byte.hex)" : Self.spellings(of: byte).randomElement(using: &random) ?? ""
            }.joined()
            let first = file("magic = \"\(spelled)\"")
            guard let problem = first.issues.first?.problem else {
                // `0x` begins the other notation, as in single quotes.
                if !spelled.hasPrefix("0x") { #expect(magic(first) == bytes, "\(spelled)") }
                continue
            }
            guard bytes.contains(where: { $0 >= 0x80 || $0 == UInt8(ascii: "\\") }) else { continue }
            let line = try #require(problem.split(separator: "; write ").last, "\(spelled)")
            let second = file(String(line))
            #expect(second.issues.isEmpty && magic(second) == bytes, "\(spelled): \(problem)")
        }
    }

    /// A line that no pattern could have is not shown, nor one that a message would cut.
    @Test(arguments: ["\\xff", "\\xffabc"])
    func showNoLineThatIsTooLong(unit: String) {
        let spelled = String(repeating: unit, count: 250)
        #expect(
            file("magic = \"\(spelled)\"").issues.first?.problem
                == #"in double quotes \xff is the character U+00FF, which is 2 bytes in UTF-8; use single quotes"#)
    }
}
