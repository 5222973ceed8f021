// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// A file of binfmt.d(5): a register string a line, comments after `#` or `;`. The result is that of `apply_file` in
/// systemd's `binfmt.c`.
package struct BinfmtDFile: DeclaringFile, Sendable {
    package let path: FilePath
    package private(set) var declarations: [DeclaredEntry] = []
    /// Names whose last line is invalid. Earlier lines of the name are void, as with systemd-binfmt.
    package private(set) var undeclarable: Set<EntryName> = []
    package var issues: [Issue] = []

    package init(path: FilePath) { self.path = path }

    package init(path: FilePath, text: [UInt8]) {
        self.path = path
        if let (mistake, line) = FormatMistake.inLines(text) {
            issues = [Issue(.error, .syntax, at: SourceLocation(file: path, line: line), "\(mistake)")]
            return
        }
        var paths = RecentPath()
        var refused: [EntryName: Int] = [:]
        var list = IssueList()
        defer { issues = list.all }
        // Whether the last line was invalid and ended with a NUL, so that this one is the rest of it.
        var isCut = false
        for (index, line) in BinfmtDLines(text).lines.enumerated() {
            let rule = line.trimmingBlanks()
            guard let first = rule.first, first != UInt8(ascii: "#"), first != UInt8(ascii: ";") else { continue }
            let endsWithNUL = line.endIndex < text.endIndex && text[line.endIndex] == 0
            let isValid = read(rule, of: line, at: index + 1, isRest: isCut, endsWithNUL: endsWithNUL, &paths, &list)
            isCut = !isValid && endsWithNUL
            if isValid { continue }
            if let name = Self.name(in: rule) { refused[name] = declarations.count }
        }
        if refused.isEmpty { return }
        declarations = declarations.enumerated().filter { $0 >= refused[$1.name] ?? 0 }.map(\.element)
        undeclarable = Set(refused.keys).subtracting(declarations.map(\.name))
    }

    /// - Parameters:
    ///   - isRest: whether it is the rest of an invalid line, of which the issue has told.
    ///   - endsWithNUL: whether a NUL ended the line, which may be the mistake.
    /// - Returns: whether the line is valid.
    private mutating func read(
        _ rule: ArraySlice<UInt8>, of line: ArraySlice<UInt8>, at number: Int, isRest: Bool, endsWithNUL: Bool,
        _ paths: inout RecentPath, _ list: inout IssueList
    ) -> Bool {
        // The offset is in bytes, the column in Unicode scalars.
        func location(_ offset: Int) -> SourceLocation {
            let before = line.prefix(rule.startIndex - line.startIndex + offset)
            let column = before.isEmpty ? 1 : String(decoding: before, as: UTF8.self).unicodeScalars.count + 1
            return SourceLocation(file: path, line: number, column: column)
        }
        do {
            let line = try RegisterLine(rule, &paths)
            declarations.append(
                DeclaredEntry(
                    line.entry, layer: .binfmtD, location: location(0), isRegisteredDisabled: line.isDisabled))
            return true
        } catch {
            if isRest { return false }
            list.add(
                .error, .syntax, at: location(error.column - 1), entry: error.entry,
                endsWithNUL ? "\(error.problem), because a NUL byte ends the line: write it as \\x00" : error.problem)
            return false
        }
    }

    /// The name in a line, even if the line is invalid: systemd-binfmt unregisters the entry of that name before it writes
    /// the line to the kernel.
    private static func name(in rule: ArraySlice<UInt8>) -> EntryName? {
        let name = rule.dropFirst().prefix { $0 != rule.first }
        return name.text.flatMap { try? EntryName(declaring: $0) }
    }
}

extension Collection<UInt8> where SubSequence == ArraySlice<UInt8> {
    /// Without the white space at both ends that systemd's `strstrip` removes.
    func trimmingBlanks() -> ArraySlice<UInt8> {
        var rest = self[startIndex...]
        while let byte = rest.first, Self.isBlank(byte) { rest = rest.dropFirst() }
        while let byte = rest.last, Self.isBlank(byte) { rest = rest.dropLast() }
        return rest
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): true
        default: false
        }
    }
}
