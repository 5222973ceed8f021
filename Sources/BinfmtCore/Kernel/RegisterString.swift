// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// The text that registers an entry when it is written to `register`: `:name:type:offset:magic:mask:interpreter:flags`
/// (Documentation/admin-guide/binfmt-misc.rst; `create_entry` in `fs/binfmt_misc.c`).
package struct RegisterString: Hashable, Sendable {
    /// The name in it.
    package let name: EntryName
    package let bytes: [UInt8]
    /// The interpreters that are bound to the entry after it is registered, and before it is enabled.
    package let interpreters: [BPFHandler.Interpreter]
    /// Whether it registers the entry disabled (`D`, Linux 7.3), so that its first `1` puts it ahead of all others.
    package let isDisabled: Bool

    /// The longest string that the kernel accepts, in bytes.
    static let maximumLength = 1920

    /// The shortest string that the kernel accepts, in bytes.
    private static let minimumLength = 11

    /// The longest string of an entry, in bytes, so that its stand-in's string fits, too.
    private static let entryLength = maximumLength - EntryName.standInPrefix.count

    /// - Throws: `tooLong` if no spelling of the entry fits the kernel's limit, `noDelimiter` if the name and the
    ///   interpreter together contain every byte that could separate the fields.
    package init(_ entry: Entry) throws(Invalid) {
        let readable = try Self.spell(entry, escape: { !(0x21...0x7e).contains($0) })
        // A raw byte is one byte long, an escaped one four: a long pattern fits only raw.
        let bytes = readable.count <= Self.entryLength ? readable : try Self.spell(entry, escape: { $0 == 0 })
        if bytes.count > Self.entryLength { throw .tooLong(bytes.count) }
        let interpreters = entry.recognition.handler?.interpreters ?? []
        let string = RegisterString(name: entry.name, bytes: bytes, interpreters: interpreters, isDisabled: false)
        // The first `1` seals an entry: no interpreter can be bound to it after that. The shortest names of an entry and its
        // handler make a string that the kernel takes only with one more letter.
        self = interpreters.isEmpty && bytes.count >= Self.minimumLength ? string : string.staged
    }

    /// Checks that a register string can hold an entry, in most cases by an estimate, because to write the strings takes
    /// time. See docs/performance.md.
    ///
    /// - Throws: as ``init(_:)``.
    static func check(_ entry: Entry) throws(Invalid) {
        var fixed = entry.name.bytes.count + entry.interpreter.length
        var escaped = 0
        switch entry.recognition {
        case .magic(let pattern): escaped = (pattern.isExact ? 4 : 8) * pattern.magic.count
        case .filenameExtension(let name): fixed += name.bytes.count
        case .handler:
            _ = try RegisterString(entry)
            return
        }
        // So few bytes leave one that can separate the fields; the other fields are short.
        if fixed < 150, fixed + escaped + 50 <= entryLength { return }
        _ = try RegisterString(entry)
    }

    /// The string of the entry's stand-in.
    package var standIn: RegisterString {
        RegisterString(
            name: name.standIn, bytes: Array(bytes.prefix(1)) + EntryName.standInPrefix + Array(bytes.dropFirst()),
            interpreters: interpreters, isDisabled: isDisabled)
    }

    /// The string that registers the entry disabled.
    package var staged: RegisterString {
        if isDisabled { return self }
        return RegisterString(
            name: name, bytes: bytes + [UInt8(ascii: "D")], interpreters: interpreters, isDisabled: true)
    }

    private init(name: EntryName, bytes: [UInt8], interpreters: [BPFHandler.Interpreter], isDisabled: Bool) {
        self.name = name
        self.bytes = bytes
        self.interpreters = interpreters
        self.isDisabled = isDisabled
    }

    /// Why no register string can hold an entry.
    package enum Invalid: Error, Hashable, CustomStringConvertible {
        case tooLong(Int)
        case noDelimiter

        package var description: String {
            switch self {
            case .tooLong(let count):
                "its register string would be \(count) bytes long; the limit is \(entryLength)"
            case .noDelimiter: "its name and interpreter contain every byte that could separate the fields"
            }
        }
    }

    private static func spell(_ entry: Entry, escape: (UInt8) -> Bool) throws(Invalid) -> [UInt8] {
        let name = entry.name.bytes
        var interpreter = entry.interpreter.bytes
        if let handler = entry.recognition.handler { interpreter = handler.name }
        let filenameExtension =
            if case .filenameExtension(let name) = entry.recognition { name.bytes } else { [UInt8]() }
        let isFree = { (byte: UInt8) in
            !name.contains(byte) && !interpreter.contains(byte) && !filenameExtension.contains(byte)
        }
        guard let delimiter = delimiter(isFree) else { throw .noDelimiter }

        var text: [UInt8] = []
        text.reserveCapacity(name.count + interpreter.count + 64)
        text.append(delimiter)
        text += name
        text.append(delimiter)
        switch entry.recognition {
        case .magic(let pattern):
            text.append(UInt8(ascii: "M"))
            text.append(delimiter)
            if pattern.offset != 0 { text += String(pattern.offset).utf8 }
            text.append(delimiter)
            append(pattern.magic, to: &text, delimiter: delimiter, escape: escape)
            text.append(delimiter)
            if !pattern.isExact { append(pattern.mask, to: &text, delimiter: delimiter, escape: escape) }
        case .filenameExtension:
            text.append(UInt8(ascii: "E"))
            text.append(delimiter)
            text.append(delimiter)
            text += filenameExtension
            text.append(delimiter)
        case .handler:
            text.append(UInt8(ascii: "B"))
            text.append(delimiter)
            text.append(delimiter)
            text.append(delimiter)
        }
        text.append(delimiter)
        text += interpreter
        text.append(delimiter)
        text += entry.flags.letters.utf8
        return text
    }

    /// A colon if possible, else the first byte that occurs in no field, escape, type or stand-in's name, a visible one
    /// if there is one. The flags' letters, newlines and the characters that begin a comment in binfmt.d(5) cannot
    /// separate fields.
    ///
    /// - Parameter isFree: whether no field contains a byte.
    private static func delimiter(_ isFree: (UInt8) -> Bool) -> UInt8? {
        let colon = UInt8(ascii: ":")
        if isFree(colon) { return colon }
        let reserved = Array("POCFTLD\n#;\\xME0123456789abcdefABCDEF".utf8) + EntryName.standInPrefix
        return (Array(0x21...0x7e) + Array(1...255)).first { !reserved.contains($0) && isFree($0) }
    }

    private static func append(
        _ bytes: [UInt8], to text: inout [UInt8], delimiter: UInt8, escape: (UInt8) -> Bool
    ) {
        for byte in bytes {
            guard byte == delimiter || byte == UInt8(ascii: "\\") || escape(byte) else {
                text.append(byte)
                continue
            }
            text.append(UInt8(ascii: "\\"))
            text.append(UInt8(ascii: "x"))
            text.append(byte.hexDigits.high)
            text.append(byte.hexDigits.low)
        }
    }
}
