// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// A file of Debian's /usr/share/binfmts, as `update-binfmts --import` reads it: a key and a value a line; the entry's
/// name is the file's.
package struct BinfmtsFile: DeclaringFile, Sendable {
    package let path: FilePath
    package private(set) var declaration: DeclaredEntry?
    package var issues: [Issue] = []

    /// binfmt-support's program that runs the detectors. The kernel entry of a format that has a detector names it as
    /// the interpreter.
    package static let runDetectors: FilePath = "/usr/lib/binfmt-support/run-detectors"

    package init(path: FilePath) { self.path = path }

    /// - Parameter hasRunDetectors: whether ``runDetectors`` is installed.
    package init(path: FilePath, text: [UInt8], hasRunDetectors: Bool) {
        self.path = path
        var fields = Fields(text, file: path)
        defer { issues = fields.issues.all }
        if fields.issues.hasError { return }
        do {
            declaration = try Self.declare(&fields, path, hasRunDetectors: hasRunDetectors)
        } catch {
            fields.issues.add(
                .error, error.kind, at: error.location, entry: path.lastComponent?.string, error.problem)
        }
    }

    private static func declare(
        _ fields: inout Fields, _ path: FilePath, hasRunDetectors: Bool
    ) throws(Refusal) -> DeclaredEntry {
        let location = SourceLocation(file: path)
        let name: EntryName
        do { name = try EntryName(declaring: path.lastComponent?.string ?? "") } catch {
            throw Refusal(kind: .invalidValue, location: location, problem: "\(error)")
        }
        let recognition = try recognition(&fields)
        let program = try fields.required("interpreter")
        if let problem = InterpreterPath.problem(of: program.value) {
            throw Refusal(kind: .invalidValue, location: program.location, problem: problem)
        }
        var interpreter = FilePath(program.value)
        var missingDetector: String?
        if let detector = fields.take("detector"), !detector.value.isEmpty {
            interpreter = runDetectors
            if !hasRunDetectors { missingDetector = detector.value }
        }
        var flags: EntryFlags = []
        if fields.isYes("preserve") { flags.insert(.preserveArgv0) }
        if fields.isYes("credentials") { flags.insert(.credentials) }
        if fields.isYes("fix_binary") { flags.insert(.fixBinary) }
        return DeclaredEntry(
            Entry(name: name, recognition: recognition, interpreter: interpreter, flags: flags), layer: .binfmts,
            location: location, missingDetector: missingDetector)
    }

    private static func recognition(_ fields: inout Fields) throws(Refusal) -> Recognition {
        if let text = fields.take("extension") {
            do { return .filenameExtension(try FilenameExtension(declaring: text.value)) } catch {
                throw Refusal(kind: .invalidValue, location: text.location, problem: "\(error)")
            }
        }
        let magic = try fields.required("magic")
        let offset = fields.take("offset")
        guard let position = Int(offset?.value ?? "0") else {
            throw Refusal(
                kind: .invalidValue, location: offset?.location ?? magic.location, problem: "the offset is not a number"
            )
        }
        let mask = fields.take("mask")
        do {
            let maskBytes = try mask.map { (text) throws(MagicText.Invalid) in try MagicText.unescape(text.value.utf8) }
            let bytes = try MagicText.unescape(magic.value.utf8)
            return .magic(try MagicPattern(offset: position, magic: bytes, mask: maskBytes))
        } catch {
            throw Refusal(kind: .invalidValue, location: magic.location, problem: "\(error)")
        }
    }

    private struct Refusal: Error {
        let kind: Issue.Kind
        let location: SourceLocation
        let problem: String
    }

    /// The lines of the file by their keys.
    private struct Fields {
        private var values: [String: Located<String>] = [:]
        private let file: FilePath
        var issues = IssueList()

        private static let known: Set<String> = [
            "package", "interpreter", "magic", "offset", "mask", "extension", "detector", "credentials", "preserve",
            "fix_binary",
        ]

        init(_ text: [UInt8], file: FilePath) {
            self.file = file
            let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            for (index, line) in lines.enumerated() {
                let words = line.trimmingBlanks().split(separator: UInt8(ascii: " "), maxSplits: 1)
                guard let first = words.first else { continue }
                let key = first.printable
                let location = SourceLocation(file: file, line: index + 1)
                if Self.known.contains(key) {
                    let bytes = words.count > 1 ? words[1].trimmingBlanks() : []
                    if let value = bytes.text {
                        values[key] = Located(value: value, location: location)
                    } else {
                        issues.add(
                            .error, .syntax, at: location, entry: file.lastComponent?.string,
                            "'\(key)' is not UTF-8; a byte of a magic or a mask is written as \\xHH")
                    }
                } else {
                    issues.add(
                        .warning, .unknownKey, at: location,
                        "unknown key '\(key)'\(Spelling.hint(for: key, among: Self.known))", consequence: "ignored")
                }
            }
        }

        func take(_ key: String) -> Located<String>? {
            values[key].flatMap { $0.value.isEmpty ? nil : $0 }
        }

        func isYes(_ key: String) -> Bool { values[key]?.value == "yes" }

        func required(_ key: String) throws(Refusal) -> Located<String> {
            if let value = take(key) { return value }
            throw Refusal(kind: .missingKey, location: SourceLocation(file: file), problem: "it has no '\(key)'")
        }
    }
}
