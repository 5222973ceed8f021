// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import LocatedTOML

/// One of binfmtd's own TOML files: what it declares, and what is wrong with it.
package struct ConfigFile: DeclaringFile, Sendable {
    package let path: FilePath
    package private(set) var daemon = DaemonSettings()
    package private(set) var qemu = QemuSettings()
    package private(set) var declarations: [EntryDeclaration] = []
    /// Names of entries whose tables are invalid. They still hide lower layers.
    package private(set) var undeclarable: Set<EntryName> = []
    /// In the order of their places.
    package var issues: [Issue] = []
    /// Whether `[qemu]` was read in full.
    private var hasReadQemu = false
    /// Whether there is no valid version of it.
    private var isPartial = false

    /// Whether keys of `[qemu]` may be in it that are not known: in the main file, because in a drop-in they are rare.
    var mayHideQemuSettings: Bool { isPartial && !hasReadQemu && path.nameBytes == Self.mainName }

    private static let mainName = Array("binfmtd.toml".utf8)

    package mutating func markPartial() { isPartial = true }

    package init(path: FilePath) { self.path = path }

    /// Reads every valid declaration; each invalid one becomes an issue.
    package init(path: FilePath, text: [UInt8]) {
        self.path = path
        if let (mistake, line) = FormatMistake.inTOML(text) {
            issues = [Issue(.error, .syntax, at: SourceLocation(file: path, line: line), "\(mistake)")]
            return
        }
        let document = TOMLDocument(recovering: text)
        var list = IssueList()
        addErrors(of: document, to: &list)
        var reader = TableReader(document.table, file: path, source: text, after: list)
        if let table = reader.table("daemon") { daemon = read(table, text, &list, DaemonSettings.init) }
        let count = list.count
        if let table = reader.table("qemu") { qemu = read(table, text, &list, QemuSettings.init) }
        hasReadQemu =
            list.count == count && !document.table.isDamaged && document.table["qemu"]?.table?.isDamaged != true
        if let table = reader.table("entry") { readEntries(table, text, &list) }
        reader.rejectUnknownKeys { key, value in
            if Self.misplacedKeys.contains(key.name) { return "'\(key.name)' belongs in a table such as [entry.NAME]" }
            return value.table.flatMap { Self.complaint(about: key, $0) }
        }
        list.add(reader.issues)
        list.sort()
        issues = list.all
    }

    /// The largest file that is read, in bytes.
    package static let maximumSize = TOMLLimits.standard.fileSize

    /// How many bytes of a file to read: one more than the parsers accept, so that they notice a file that is too large.
    package static let readLimit = maximumSize + 1

    private static let misplacedKeys: Set<String> = ["interpreter", "extension", "magic", "mask", "preset", "enabled"]

    /// A complaint about an unknown table that was probably meant for an entry; nil for another one.
    private static func complaint(about key: TOMLKey, _ table: TOMLTable) -> String? {
        if Spelling.nearest(to: key.name, among: ["daemon", "entry", "qemu"]) != nil { return nil }
        let isOfEntries = !table.isEmpty && table.allSatisfy { $0.value.table != nil }
        if isOfEntries { return "unknown table '\(key.name)'; an entry is declared as [entry.NAME]" }
        let name = try? EntryName(declaring: key.name)
        return name.map { "unknown table '\(key.name)'; an entry of this name is declared as \($0.table)" }
    }

    private func read<Settings>(
        _ table: TOMLTable, _ text: [UInt8], _ list: inout IssueList, _ make: (inout TableReader) -> Settings
    ) -> Settings {
        var reader = TableReader(table, file: path, source: text, after: list)
        defer { list.add(reader.issues) }
        return make(&reader)
    }

    private mutating func readEntries(_ table: TOMLTable, _ text: [UInt8], _ list: inout IssueList) {
        for (key, value) in table {
            guard let entry = value.table else {
                list.add(
                    .error, .wrongType, at: SourceLocation(file: path, key.position),
                    "'entry.\(key.name)' must be a table, not \(value.typeName)")
                continue
            }
            var reader = TableReader(entry, file: path, source: text, entry: key.name, after: list)
            let declaration = EntryDeclaration(key, &reader)
            list.add(reader.issues)
            if declaration == nil, let name = try? EntryName(declaring: key.name) { undeclarable.insert(name) }
            if let declaration { declarations.append(declaration) }
        }
    }

    /// Adds the mistakes in the TOML itself.
    private func addErrors(of document: TOMLDocument, to list: inout IssueList) {
        if document.errors.isEmpty { return }
        let damaged = document.table["entry"]?.table?.filter { $0.value.table?.isDamaged == true } ?? []
        let unquoted = UnquotedValues(document)
        for error in document.errors where !unquoted.isRepeated(error) {
            var entry: String?
            // A second header of a table is in no table.
            if case .duplicateTable = error.reason {
            } else {
                entry = damaged.last { $0.key.position <= error.position }?.key.name
            }
            list.add(
                .error, .syntax, at: SourceLocation(file: path, error.position), entry: entry,
                "\(error)\(Self.hint(at: error, unquoted))")
        }
    }

    /// A hint at the likely intention behind a mistake in the TOML.
    private static func hint(at error: TOMLError, _ unquoted: UnquotedValues) -> String {
        switch error.reason {
        case .invalidEscape(let escape) where escape.isNumeric: " (a byte is \\x and two hexadecimal digits)"
        case _ where UnquotedValues.isOne(error): unquoted.hint
        case .integerOutOfRange: " (quote a magic: \"0x504b0304\")"
        default: ""
        }
    }
}

extension String {
    /// Whether an escape seems to be a number: `\x` or a digit, as in C.
    fileprivate var isNumeric: Bool {
        guard let kind = utf8.dropFirst().first else { return false }
        return kind == UInt8(ascii: "x") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= kind
    }
}
