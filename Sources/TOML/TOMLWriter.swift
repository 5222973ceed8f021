// SPDX-License-Identifier: Apache-2.0

/// Writes a TOML file line by line. What it writes, the reader reads back equal.
///
/// The order of headers is the caller's: a table must not be opened twice.
public struct TOMLWriter: Sendable {
    /// What was written so far, each line with its LF.
    public private(set) var text = ""

    /// A writer of an empty file.
    public init() {}

    /// Writes a comment, in as many lines as the text has. Control characters other than tab, which no comment may
    /// hold, become U+FFFD.
    public mutating func comment(_ comment: String) {
        let lines = comment.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        for line in lines {
            let isBlank = line.isEmpty
            text += isBlank ? "#" : "# "
            for scalar in line { text.unicodeScalars.append(scalar.isControl && scalar != "\t" ? "\u{FFFD}" : scalar) }
            text += "\n"
        }
    }

    /// Writes the header of the table with these keys from the root on, after an empty line if it is not the first
    /// thing in the file.
    ///
    /// - Precondition: The path has at least one part and at most ``TOMLLimits/keyParts``.
    public mutating func table(_ path: [String]) {
        precondition(1...TOMLLimits.keyParts ~= path.count, "no header has \(path.count) parts")
        if !text.isEmpty { text += "\n" }
        text += "[" + path.map { $0.tomlKey }.joined(separator: ".") + "]\n"
    }

    /// Writes `key = value`. The key is one key, whatever dots are in it.
    public mutating func pair(_ key: String, _ value: String) { line(key, value.tomlString) }

    /// Writes `key = value`.
    public mutating func pair(_ key: String, _ value: Int64) { line(key, String(value)) }

    /// Writes `key = value`.
    public mutating func pair(_ key: String, _ value: Int) { line(key, String(value)) }

    /// Writes `key = value`.
    public mutating func pair(_ key: String, _ value: Bool) { line(key, String(value)) }

    /// Writes `key = [value, …]`.
    public mutating func pair(_ key: String, _ values: [String]) { array(key, values.map(\.tomlString)) }

    /// Writes `key = [value, …]`.
    public mutating func pair(_ key: String, _ values: [Int]) { array(key, values.map { String($0) }) }

    private mutating func array(_ key: String, _ values: [String]) {
        line(key, "[" + values.joined(separator: ", ") + "]")
    }

    private mutating func line(_ key: String, _ value: String) { text += "\(key.tomlKey) = \(value)\n" }
}

extension String {
    /// The text as a bare key if it can be one, otherwise as a quoted one.
    fileprivate var tomlKey: String { !isEmpty && utf8.allSatisfy(\.isBareKey) ? self : tomlString }

    /// The text in double quotes, with escapes for what the grammar asks for and no more.
    fileprivate var tomlString: String {
        var quoted = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\u{8}": quoted += "\\b"
            case "\t": quoted += "\\t"
            case "\n": quoted += "\\n"
            case "\u{C}": quoted += "\\f"
            case "\r": quoted += "\\r"
            case _ where scalar.isControl:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

extension Unicode.Scalar {
    /// What no comment and no string may hold as it is, tab apart (`non-ascii` and `non-eol` of the grammar).
    fileprivate var isControl: Bool { value < 0x20 || value == 0x7F }
}
