// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// The entries of one source: a file, or the kernel's table.
package struct ImportSource: Sendable {
    /// In the order of registration: a later one is asked before an earlier one.
    package private(set) var entries: [ImportedEntry] = []
    /// The complaints that do not become comments.
    package private(set) var issues: [Issue] = []

    /// A source without entries.
    package init() {}

    /// A source that could not be read.
    package init(unreadable path: FilePath, _ error: Errno) {
        self.init(unavailable: path, "cannot read it: \(error)")
    }

    /// A source that does not exist.
    package init(unavailable path: FilePath, _ reason: String) {
        issues = [Issue(.error, .unreadable, at: SourceLocation(file: path), reason)]
    }

    /// A file of binfmt.d(5).
    package init(binfmtD path: FilePath, text: [UInt8]) {
        let file = BinfmtDFile(path: path, text: text)
        let lines = BinfmtDLines(text).lines
        let declared = file.declarations.compactMap(Self.imported).map { (line: $0.location.line, entry: $0) }
        let refused = file.issues.map { issue in
            let line = issue.location.line
            let text = lines.indices.contains(line - 1) ? lines[line - 1].trimmingBlanks().printable : ""
            return (line, Self.inexpressible(at: issue.location, issue.message, text: text))
        }
        entries = (declared + refused).sorted { $0.line < $1.line }.map { line, entry in
            ImportedEntry(location: entry.location, origin: "\(path):\(line)", content: entry.content)
        }
    }

    /// A file of Debian's /usr/share/binfmts.
    package init(binfmts path: FilePath, text: [UInt8], hasRunDetectors: Bool) {
        let file = BinfmtsFile(path: path, text: text, hasRunDetectors: hasRunDetectors)
        issues = file.issues.filter { $0.severity == .warning }
        let whole = text.split(separator: UInt8(ascii: "\n")).map(\.printable).joined(separator: "\n")
        entries = file.issues.filter { $0.severity == .error }.enumerated().map { number, issue in
            Self.inexpressible(at: issue.location, issue.message, text: number == 0 ? whole : "")
        }
        guard let declaration = file.declaration else { return }
        if let detector = declaration.missingDetector {
            let reason = WithheldReason.detectorMissing(detector: detector)
            entries.append(Self.inexpressible(at: SourceLocation(file: path), "\(reason)", text: whole))
        } else if let entry = Self.imported(declaration) {
            entries.append(entry)
        }
    }

    /// The kernel's table.
    ///
    /// - Parameter path: where it is mounted.
    package init(kernel path: FilePath, _ observed: ObservedState) {
        let names = Set(observed.entries.map(\.name))
        entries = observed.entries.reversed().compactMap { found in
            let location = SourceLocation(file: path.appending(name: found.name.bytes))
            // A stand-in only serves an entry while binfmtd replaces it.
            if let real = found.name.standInFor, names.contains(real) { return nil }
            guard let entry = found.understood else {
                return Self.inexpressible(at: location, found.malformation ?? "it cannot be read", text: "")
            }
            let renamed = Entry(
                name: found.name.standInFor ?? found.name, recognition: entry.recognition,
                interpreter: entry.interpreter, flags: entry.flags)
            if let unknown = found.unknownText {
                let reason = EntryReason.unknownFeatures(unknown)
                return Self.inexpressible(at: location, "\(reason)", text: renamed.registerText)
            }
            return Self.imported(renamed, isEnabled: found.isEnabled, at: location)
        }
    }

    /// - Returns: never nil for an entry that a file of another program's format declares.
    private static func imported(_ declared: DeclaredEntry) -> ImportedEntry? {
        guard let location = declared.location, let entry = declared.entry else { return nil }
        return imported(entry, isEnabled: true, at: location)
    }

    private static func imported(_ entry: Entry, isEnabled: Bool, at location: SourceLocation) -> ImportedEntry {
        if let reason = entry.reasonNotExpressible {
            return inexpressible(at: location, reason, text: entry.registerText)
        }
        return ImportedEntry(
            location: location, origin: location.file.printable, content: .entry(entry, isEnabled: isEnabled))
    }

    private static func inexpressible(
        at location: SourceLocation, _ reason: String, text: String
    ) -> ImportedEntry {
        ImportedEntry(
            location: location, origin: location.file.printable, content: .inexpressible(reason: reason, text: text))
    }
}

extension ObservedEntry {
    /// Why the kernel's text is malformed; nil if it is not.
    fileprivate var malformation: String? {
        if case .failure(let malformed) = status { "\(malformed)" } else { nil }
    }
}

extension Entry {
    /// The register string, safe on a terminal.
    package var registerText: String { ((try? RegisterString(self))?.bytes ?? name.bytes).printable }

    /// Why no `[entry]` can express it; nil if one can. (The kernel accepts any bytes, a configuration is text.)
    fileprivate var reasonNotExpressible: String? {
        do {
            guard let text = name.bytes.text else { return "its name is not UTF-8" }
            _ = try EntryName(declaring: text)
            if let handler = recognition.handler { return handler.reasonNotExpressible }
            if let (flag, other) = flags.conflict { return "\(WithheldReason.flagsConflict(flag, other))" }
            guard let path = interpreter.bytes.text else { return "its interpreter's path is not UTF-8" }
            if let problem = InterpreterPath.problem(of: path) { return problem }
            if case .filenameExtension(let name) = recognition {
                guard let text = name.bytes.text else { return "its filename extension is not UTF-8" }
                if try FilenameExtension(declaring: text) != name { return "'.\(name)' cannot be a filename extension" }
            }
            _ = try RegisterString(self)
            return nil
        } catch { return "\(error)" }
    }
}

extension BPFHandler {
    /// Why no `[entry]` can express it; nil if one can.
    fileprivate var reasonNotExpressible: String? {
        guard let name = name.text else { return "its BPF handler's name is not UTF-8" }
        if let problem = Self.problem(ofName: name) { return problem }
        for interpreter in interpreters {
            guard let name = interpreter.name.text, let path = interpreter.path.bytes.text else {
                return "an interpreter of its handler is not UTF-8"
            }
            let problem = Interpreter.problem(ofName: name) ?? InterpreterPath.problem(of: path)
            if let problem { return problem }
        }
        return nil
    }
}

extension DeclaredEntry {
    /// The entry with the first of its interpreters; nil if it has none, or is not enabled.
    package var entry: Entry? {
        guard let recognition else { return nil }
        if let handler = recognition.handler { return Entry(name: name, handler: handler) }
        guard let interpreter = interpreters.first else { return nil }
        return Entry(name: name, recognition: recognition, interpreter: interpreter, flags: flags)
    }
}
