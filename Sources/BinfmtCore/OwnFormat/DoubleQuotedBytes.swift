// SPDX-License-Identifier: Apache-2.0
import LocatedTOML

/// A magic or a mask in a string of TOML in double quotes. There `\xHH` is a character, not a byte, and from U+0080 on a
/// character takes two bytes or more; and a backslash, itself written as an escape, may begin an escape of the kernel.
struct DoubleQuotedBytes {
    /// A mistake, and its place, if the string began in line 1 and column 1.
    struct Mistake: Error {
        let problem: String
        let position: SourcePosition
    }

    private let characters: [QuotedCharacter]

    /// - Parameter source: the string in the file, with its quotes; TOML found it valid.
    init(source: ArraySlice<UInt8>) { characters = QuotedCharacter.all(in: Array(source)) }

    /// The bytes that the string means.
    ///
    /// - Parameters:
    ///   - key: the key whose value the string is.
    ///   - text: the string as TOML reads it.
    func bytes(for key: String, reading text: String) throws(Mistake) -> [UInt8] {
        if let character = characters.first(where: { !$0.scalar.isASCII }) {
            let codePoint = character.scalar.codePoint
            let count = UTF8.width(character.scalar)
            throw mistake(
                at: character,
                character.isHex
                    ? "in double quotes \\x\(UInt8(truncatingIfNeeded: character.scalar.value).hex) is the character "
                        + "\(codePoint), which is \(count) bytes in UTF-8"
                    : "in double quotes '\(key)' may only have characters up to U+007F; \(codePoint) is \(count) bytes "
                        + "in UTF-8", key)
        }
        if text.hasPrefix("0x") { return try hexadecimal(text) }
        if let character = characters.first(where: { $0.scalar == "\\" && $0.isNumeric }) {
            throw mistake(at: character, "in double quotes a backslash cannot be written as a number", key)
        }
        do { return try MagicText.bytes(text) } catch {
            throw mistake(at: characters.first { $0.scalar == "\\" }, "\(error.summary)", key)
        }
    }

    private func hexadecimal(_ text: String) throws(Mistake) -> [UInt8] {
        do { return try MagicText.bytes(text) } catch {
            throw Mistake(problem: "\(error)", position: Self.start)
        }
    }

    private static let start = SourcePosition(line: 1, column: 1)

    private func mistake(at character: QuotedCharacter?, _ problem: String, _ key: String) -> Mistake {
        let remedy = "; write \(key) = \(MagicText.literal(meaning))"
        let length = problem.utf8.count + remedy.utf8.count
        let isShown = meaning.count <= MagicPattern.window && length <= String.excerptLength
        return Mistake(
            problem: problem + (isShown ? remedy : "; use single quotes"), position: character?.position ?? Self.start)
    }

    /// The bytes that the author most likely meant: that of each `\xHH`, of TOML or of the kernel, and UTF-8.
    private var meaning: [UInt8] {
        var bytes: [UInt8] = []
        var place = 0
        while place < characters.count {
            let character = characters[place]
            let next = characters[(place + 1)...].prefix(3).map { UInt8(ascii: $0.scalar.isASCII ? $0.scalar : "?") }
            if character.scalar == "\\", !character.isNumeric, next.first == UInt8(ascii: "x"),
                let byte = [UInt8](hex: next.dropFirst())?.first
            {
                bytes.append(byte)
                place += 4
                continue
            }
            if character.isHex {
                bytes.append(UInt8(truncatingIfNeeded: character.scalar.value))
            } else {
                bytes += Array(String(character.scalar).utf8)
            }
            place += 1
        }
        return bytes
    }
}

extension QuotedCharacter {
    /// Whether it is written as `\xHH`.
    fileprivate var isHex: Bool { text.count > 1 && text.dropFirst().first == UInt8(ascii: "x") }

    /// Whether it is written as `\xHH`, `\uHHHH` or `\UHHHHHHHH`.
    fileprivate var isNumeric: Bool { text.count > 2 && text.first == UInt8(ascii: "\\") }
}

extension Unicode.Scalar {
    /// The code point as text, such as `U+00B7`.
    fileprivate var codePoint: String {
        let digits = String(value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
