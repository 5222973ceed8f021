// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// A register string from a file, parsed as `create_entry` in `fs/binfmt_misc.c` does it, except that mistakes which
/// the kernel would accept are refused.
package struct RegisterLine {
    package let entry: Entry
    /// Whether it has the flag `D`: it is registered disabled, for another program to enable.
    package let isDisabled: Bool

    package struct Invalid: Error, Hashable {
        /// Where in the line, in bytes from 1.
        package let column: Int
        /// The entry's name, if the mistake is behind it.
        package let entry: String?
        package let problem: String
    }

    /// - Parameter line: without its newline.
    package init(_ line: some Collection<UInt8>) throws(Invalid) {
        var paths = RecentPath()
        try self.init(Array(line)[...], &paths)
    }

    /// One of many lines, whose interpreters are often the same.
    init(_ bytes: ArraySlice<UInt8>, _ paths: inout RecentPath) throws(Invalid) {
        do { try self.init(parsing: bytes, &paths) } catch {
            throw LineMistake(bytes).map { Invalid(column: 1, entry: nil, problem: $0.description) } ?? error
        }
    }

    private init(parsing bytes: ArraySlice<UInt8>, _ paths: inout RecentPath) throws(Invalid) {
        guard let delimiter = bytes.first, !"POCF".utf8.contains(delimiter) else {
            throw Invalid(column: 1, entry: nil, problem: "a line must begin with the byte that separates its fields")
        }
        if bytes.contains(0) { throw Invalid(column: 1, entry: nil, problem: "a NUL byte must be written as \\x00") }
        if bytes.count > RegisterString.maximumLength {
            let problem = "the line is \(bytes.count) bytes long; the kernel's limit is \(RegisterString.maximumLength)"
            throw Invalid(column: 1, entry: nil, problem: problem)
        }
        var fields = FieldReader(bytes, delimiter: delimiter)
        let nameText = try fields.next("name")
        if !fields[nameText].isPlain, fields[nameText].text == nil {
            throw fields.invalid(nameText, "the name is not UTF-8")
        }
        let name: EntryName
        do { name = try EntryName(declaring: Array(fields[nameText])) } catch {
            throw fields.invalid(nameText, "\(error)")
        }
        fields.entry = name

        let type = try fields.next("type")
        let offset = try fields.next("offset")
        let letter = type.count == 1 ? fields[type].first : nil
        let hasEscapes = letter == UInt8(ascii: "M")
        let magic = try fields.next("magic", hasEscapes: hasEscapes)
        let mask = try fields.next("mask", hasEscapes: hasEscapes)
        let interpreter = try fields.next("interpreter")
        let recognition =
            switch letter {
            case UInt8(ascii: "M"): try Self.pattern(offset: offset, magic: magic, mask: mask, fields)
            case UInt8(ascii: "E"): try Self.filenameExtension(magic, fields)
            case UInt8(ascii: "B"): try Self.handler([offset, magic, mask], interpreter, fields)
            default: throw fields.invalid(type, "the type must be M, E or B, not '\(fields[type].printable)'")
            }

        if let handler = recognition.handler {
            (entry, isDisabled) = try Self.handled(name, handler, fields)
            return
        }
        let path = try Self.path(interpreter, fields, &paths)
        let flags: EntryFlags
        (flags, isDisabled) = try Self.flags(fields.rest, fields)
        entry = Entry(name: name, recognition: recognition, interpreter: path, flags: flags)
    }

    /// An entry of type `B`, which has no interpreter and no flags.
    private static func handled(
        _ name: EntryName, _ handler: BPFHandler, _ fields: FieldReader
    ) throws(Invalid) -> (Entry, isDisabled: Bool) {
        let (flags, isDisabled) = try flags(fields.rest, fields)
        if !flags.isEmpty {
            throw fields.invalid(fields.rest, "an entry of type B has no flag but D: its handler decides")
        }
        return (Entry(name: name, handler: handler), isDisabled)
    }

    private static func handler(
        _ unused: [Field], _ name: Field, _ fields: FieldReader
    ) throws(Invalid) -> Recognition {
        if let field = unused.first(where: { !$0.isEmpty }) {
            throw fields.invalid(field, "an entry of type B has no offset, magic or mask")
        }
        if name.isEmpty { throw fields.invalid(name, "the name of the BPF handler must not be empty") }
        return .handler(BPFHandler(name: fields[name]))
    }

    private static func pattern(
        offset: Field, magic: Field, mask: Field, _ fields: FieldReader
    ) throws(Invalid) -> Recognition {
        let digits = String(decoding: fields[offset], as: UTF8.self)
        guard let position = digits.isEmpty ? 0 : Int(digits), digits.utf8.first != UInt8(ascii: "+") else {
            throw fields.invalid(offset, "the offset '\(digits)' is not a number")
        }
        do {
            let bits = mask.isEmpty ? nil : MagicText.unescapeAsKernel(fields[mask])
            return .magic(
                try MagicPattern(offset: position, magic: MagicText.unescapeAsKernel(fields[magic]), mask: bits))
        } catch {
            let isMasks = if case .maskLength = error { true } else { false }
            throw fields.invalid(isMasks ? mask : magic, "\(error)")
        }
    }

    private static func filenameExtension(_ text: Field, _ fields: FieldReader) throws(Invalid) -> Recognition {
        guard let name = fields[text].text else { throw fields.invalid(text, "the extension is not UTF-8") }
        do { return .filenameExtension(try FilenameExtension(declaring: name)) } catch {
            throw fields.invalid(text, "\(error)")
        }
    }

    private static func path(
        _ text: Field, _ fields: FieldReader, _ paths: inout RecentPath
    ) throws(Invalid) -> FilePath {
        if let last = paths.last(fields[text]) { return last }
        if let problem = InterpreterPath.problem(of: String(decoding: fields[text], as: UTF8.self)) {
            throw fields.invalid(text, problem)
        }
        return paths.path(fields[text])
    }

    private static func flags(
        _ text: Field, _ fields: FieldReader
    ) throws(Invalid) -> (EntryFlags, isDisabled: Bool) {
        var flags: EntryFlags = []
        var isDisabled = false
        for letter in fields[text] {
            if letter == UInt8(ascii: "D") {
                isDisabled = true
            } else if let flag = EntryFlags.Flag(letter: letter) {
                flags.insert(EntryFlags(flag))
            } else {
                throw fields.invalid(
                    text, "unknown flag '\([letter].printable)'; the flags are P, O, C, F, T, L and D")
            }
        }
        return (flags, isDisabled)
    }
}

/// The indices of one field's bytes in a line.
private typealias Field = Range<Int>

private struct FieldReader {
    private let line: ArraySlice<UInt8>
    private let delimiter: UInt8
    private var position: Int
    var entry: EntryName?

    init(_ line: ArraySlice<UInt8>, delimiter: UInt8) {
        self.line = line
        position = line.startIndex + 1
        self.delimiter = delimiter
    }

    /// The bytes up to the next delimiter. In a field with escapes, a delimiter inside `\xHH` does not end the field
    /// (`scanarg`).
    mutating func next(_ what: String, hasEscapes: Bool = false) throws(RegisterLine.Invalid) -> Field {
        let start = position
        var end = start
        while end < line.endIndex, line[end] != delimiter {
            if hasEscapes, line[end] == UInt8(ascii: "\\"), end + 1 < line.endIndex, line[end + 1] == UInt8(ascii: "x")
            {
                guard end + 3 < line.endIndex, line[end + 2].hexDigitValue != nil, line[end + 3].hexDigitValue != nil
                else {
                    let problem =
                        "'\(line[end...].prefix(4).printable)' is not an escape: two hexadecimal digits must follow \\x"
                    throw RegisterLine.Invalid(column: column(end), entry: entry?.description, problem: problem)
                }
                end += 3
            }
            end += 1
        }
        guard end < line.endIndex else {
            let separator = [delimiter].printable
            let problem =
                what == "interpreter"
                ? "a '\(separator)' is missing after the interpreter: the flags follow it, even if there are none"
                : "the line ends before its \(what) does ('\(separator)' separates the fields)"
            throw RegisterLine.Invalid(column: column(start), entry: entry?.description, problem: problem)
        }
        position = end + 1
        return start..<end
    }

    /// What follows the last delimiter.
    var rest: Field { position..<line.endIndex }

    subscript(field: Field) -> ArraySlice<UInt8> { line[field] }

    private func column(_ index: Int) -> Int { index - line.startIndex + 1 }

    func invalid(_ field: Field, _ problem: String) -> RegisterLine.Invalid {
        RegisterLine.Invalid(column: column(field.lowerBound), entry: entry?.description, problem: problem)
    }
}
