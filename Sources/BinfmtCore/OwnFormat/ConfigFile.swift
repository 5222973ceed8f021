// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import TOML

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
        let document = TOMLDocument(recovering: text)
        issues = document.errors.map { Self.issue($0, in: document, path) }
        var reader = TableReader(document.table, file: path)
        if let table = reader.table("daemon") { daemon = read(table, DaemonSettings.init) }
        let count = issues.count
        if let table = reader.table("qemu") { qemu = read(table, QemuSettings.init) }
        hasReadQemu =
            issues.count == count && !document.table.isDamaged && document.table["qemu"]?.table?.isDamaged != true
        if let table = reader.table("entry") { readEntries(table) }
        reader.rejectUnknownKeys { key, _ in
            Self.misplacedKeys.contains(key.name) ? "'\(key.name)' belongs in a table such as [entry.NAME]" : nil
        }
        issues += reader.issues
        issues.sort { ($0.location.line, $0.location.column) < ($1.location.line, $1.location.column) }
    }

    /// The largest file that is read, in bytes.
    package static let maximumSize = TOMLLimits.fileSize

    /// How many bytes of a file to read: one more than the parsers accept, so that they notice a file that is too large.
    package static let readLimit = maximumSize + 1

    private static let misplacedKeys: Set<String> = ["interpreter", "extension", "magic", "mask", "preset", "enabled"]

    private mutating func read<Settings>(_ table: TOMLTable, _ make: (inout TableReader) -> Settings) -> Settings {
        var reader = TableReader(table, file: path)
        defer { issues += reader.issues }
        return make(&reader)
    }

    private mutating func readEntries(_ table: TOMLTable) {
        for (key, value) in table {
            guard let entry = value.table else {
                let location = SourceLocation(file: path, key.position)
                let problem = "'entry.\(key.name)' must be a table, not \(value.typeName)"
                issues.append(Issue(.error, .wrongType, at: location, problem))
                continue
            }
            var reader = TableReader(entry, file: path, entry: key.name)
            let declaration = EntryDeclaration(key, &reader)
            issues += reader.issues
            if declaration == nil, let name = try? EntryName(declaring: key.name) { undeclarable.insert(name) }
            if let declaration { declarations.append(declaration) }
        }
    }

    /// A mistake in the TOML itself, with a hint at the likely intention.
    private static func issue(_ error: TOMLError, in document: TOMLDocument, _ path: FilePath) -> Issue {
        let hint =
            switch error.reason {
            case .invalidEscape(let escape) where escape.hasPrefix("\\x"):
                " (use single quotes for the kernel's notation: 'PK\\x03')"
            case .integerOutOfRange: " (quote a magic: \"0x504b0304\")"
            default: ""
            }
        var entry: String?
        // A second header of a table is in no table.
        if case .duplicateTable = error.reason {
        } else {
            let entries = document.table["entry"]?.table
            entry = entries?.last { $0.value.table?.isDamaged == true && $0.key.position <= error.position }?.key.name
        }
        return Issue(
            .error, .syntax, at: SourceLocation(file: path, error.position), entry: entry, "\(error)\(hint)")
    }
}
