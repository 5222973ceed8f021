// SPDX-License-Identifier: Apache-2.0

/// Writes a TOML file line by line. The reader reads every value back equal.
///
/// The order of headers is the caller's: a table must not be opened twice.
public struct TOMLWriter: Sendable {
    /// The output so far in UTF-8, each line with its LF.
    public private(set) var utf8: [UInt8] = []

    private let version: TOMLVersion
    let limits: TOMLLimits

    /// A writer of an empty file.
    ///
    /// - Parameters:
    ///   - version: The oldest version of TOML that has to read the file.
    ///   - limits: The limits of the reader.
    public init(version: TOMLVersion = .v1_1, limits: TOMLLimits = .standard) {
        self.version = version
        self.limits = limits
    }

    /// The output so far, each line with its LF.
    public var text: String { String(decoding: utf8, as: UTF8.self) }

    /// Writes a comment, in as many lines as the text has. Control characters other than tab, which no comment may
    /// hold, become U+FFFD; so do other characters that a terminal obeys instead of showing them.
    public mutating func comment(_ comment: String) {
        for line in comment.utf8.split(separator: .lineFeed, omittingEmptySubsequences: false) {
            add(line.isEmpty ? "#" : "# ")
            addShown(String(decoding: line, as: UTF8.self))
            utf8.append(.lineFeed)
        }
    }

    /// Writes the comment `#:schema LOCATION`, in which editors look for the JSON Schema of a file. It belongs at the start.
    ///
    /// - Parameter location: A URL, or a path. Control characters in it become U+FFFD, as in ``comment(_:)``.
    public mutating func schema(_ location: String) {
        add("#:schema ")
        addShown(location)
        utf8.append(.lineFeed)
    }

    /// Writes the header of the table with these keys from the root on, after an empty line if it is not the first
    /// thing in the file.
    ///
    /// - Precondition: The path has at least one part and at most ``TOMLLimits/keyParts``.
    public mutating func table(_ path: [String]) { header(path, "[", "]\n") }

    mutating func header(_ path: [String], _ opening: StaticString, _ closing: StaticString) {
        precondition(1...limits.keyParts ~= path.count, "no header has \(path.count) parts")
        if !utf8.isEmpty { utf8.append(.lineFeed) }
        add(opening)
        list(path, separator: ".") { $0.add(key: $1) }
        add(closing)
    }

    /// Writes `key = value`. The key is one key, whatever dots are in it.
    public mutating func pair(_ key: String, _ value: String) { line(key) { $0.add(string: value) } }

    /// Writes `key = value`.
    public mutating func pair(_ key: String, _ value: Int64) { line(key) { $0.add(integer: value) } }

    /// Writes `key = value`.
    public mutating func pair(_ key: String, _ value: Int) { pair(key, Int64(value)) }

    /// Writes `key = value`.
    public mutating func pair(_ key: String, _ value: Bool) { line(key) { $0.add(String(value)) } }

    /// Writes `key = [value, …]`.
    public mutating func pair(_ key: String, _ values: [String]) { array(key, values) { $0.add(string: $1) } }

    /// Writes `key = [value, …]`.
    public mutating func pair(_ key: String, _ values: [Int]) { array(key, values) { $0.add(integer: Int64($1)) } }

    /// Writes `key = {name = value, …}`, with the names in the given order. Each must be there once.
    public mutating func pair(_ key: String, _ table: [(name: String, value: String)]) {
        line(key) { writer in
            writer.add("{")
            writer.list(table, separator: ", ") { writer, pair in
                writer.add(key: pair.name)
                writer.add(" = ")
                writer.add(string: pair.value)
            }
            writer.add("}")
        }
    }

    /// Writes `key = [[value, …], …]`.
    public mutating func pair(_ key: String, _ values: [[Int]]) {
        array(key, values) { writer, inner in writer.bracketed(inner) { $0.add(integer: Int64($1)) } }
    }

    mutating func line(_ key: String, _ add: (inout TOMLWriter) -> Void) {
        self.add(key: key)
        self.add(" = ")
        add(&self)
        utf8.append(.lineFeed)
    }

    private mutating func array<Value>(_ key: String, _ values: [Value], _ add: (inout TOMLWriter, Value) -> Void) {
        line(key) { $0.bracketed(values, add) }
    }

    mutating func bracketed<Value>(_ values: [Value], _ add: (inout TOMLWriter, Value) -> Void) {
        self.add("[")
        list(values, separator: ", ", add)
        self.add("]")
    }

    mutating func list<Value>(
        _ values: [Value], separator: StaticString, _ add: (inout TOMLWriter, Value) -> Void
    ) {
        for (index, value) in values.enumerated() {
            if index > 0 { self.add(separator) }
            add(&self, value)
        }
    }

    private mutating func add(_ text: StaticString) {
        text.withUTF8Buffer { for byte in $0 { utf8.append(byte) } }
    }

    mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { utf8 += $0 }
    }

    /// Printable ASCII is copied as a whole; see docs/performance.md.
    private mutating func addShown(_ text: String) {
        if text.utf8.allSatisfy(\.isPrintableASCII) { return add(text) }
        for scalar in text.unicodeScalars { add(scalar.isShown || scalar == "\t" ? String(scalar) : "\u{FFFD}") }
    }

    /// Adds the digits one by one, without a `String` for each number; see docs/performance.md.
    mutating func add(integer: Int64) {
        if integer < 0 { utf8.append(UInt8(ascii: "-")) }
        let magnitude = integer.magnitude
        var unit: UInt64 = 1
        while magnitude / unit >= 10 { unit *= 10 }
        while unit > 0 {
            utf8.append(UInt8(ascii: "0") + UInt8(magnitude / unit % 10))
            unit /= 10
        }
    }

    /// Adds a text as a bare key if it can be one, otherwise as a quoted one.
    mutating func add(key: String) {
        if !key.isEmpty, key.utf8.allSatisfy(\.isBareKey) { add(key) } else { add(string: key) }
    }

    /// Adds a text in double quotes, with the escapes that the grammar requires, and escapes for other characters that a
    /// terminal obeys instead of showing them.
    mutating func add(string: String) {
        utf8.append(.quote)
        defer { utf8.append(.quote) }
        var string = string
        string.withUTF8 { bytes in
            if bytes.allSatisfy(\.isPlain) { utf8 += bytes } else { add(escaping: bytes) }
        }
    }

    private mutating func add(escaping bytes: UnsafeBufferPointer<UInt8>) {
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            switch scalar {
            case "\"": add("\\\"")
            case "\\": add("\\\\")
            case "\u{8}": add("\\b")
            case "\t": add("\\t")
            case "\n": add("\\n")
            case "\u{C}": add("\\f")
            case "\r": add("\\r")
            case _ where scalar.isShown: add(String(scalar))
            case "\u{1B}" where version != .v1_0: add("\\e")
            case _ where version != .v1_0 && scalar.value <= 0xFF: add("\\x", scalar, digitCount: 2)
            default: add("\\u", scalar, digitCount: 4)
            }
        }
    }

    private mutating func add(_ escape: String, _ scalar: Unicode.Scalar, digitCount: Int) {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        add(escape + String(repeating: "0", count: digitCount - digits.count) + digits)
    }
}

extension UInt8 {
    /// A character of ASCII that a string contains unescaped.
    fileprivate var isPlain: Bool { isPrintableASCII && self != .quote && self != .backslash }
}

extension Unicode.Scalar {
    /// Whether a terminal shows this character. It obeys control characters, the separators of lines and paragraphs, and
    /// the marks that change the direction of text, all of which are in the basic plane.
    var isShown: Bool {
        switch value {
        case 0..<0x20, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: false
        default: true
        }
    }
}
