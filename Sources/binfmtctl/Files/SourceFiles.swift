// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import SystemPackage

/// The files of which lines are shown. Each is read once, however many lines are shown of it.
struct SourceFiles {
    private let read: (FilePath) -> [UInt8]?
    private var lines: [FilePath: [ArraySlice<UInt8>]] = [:]

    /// - Parameters:
    ///   - known: files that were read already, such as standard input.
    ///   - read: nil for a file that cannot be read.
    init(
        _ known: [NamedFile] = [],
        read: @escaping (FilePath) -> [UInt8]? = { try? Files.read($0, limit: ConfigFile.maximumSize) }
    ) {
        self.read = read
        for file in known { lines[file.path] = Self.lines((try? file.text.get()) ?? [], file.format) }
    }

    /// - Parameter width: the terminal's, in columns; nil if there is none.
    /// - Returns: nil if there is no such line, or nothing in it to show.
    mutating func excerpt(_ location: SourceLocation, _ width: Int?) -> SourceExcerpt? {
        let lines = lines(of: location.file)
        guard lines.indices.contains(location.line - 1), !lines[location.line - 1].isEmpty else {
            return nil
        }
        let line = String(decoding: lines[location.line - 1], as: UTF8.self)
        return SourceExcerpt(line: line, column: location.column, width)
    }

    private mutating func lines(of file: FilePath) -> [ArraySlice<UInt8>] {
        if let known = lines[file] { return known }
        let found = read(file).map { Self.lines($0, ConfigFormat(nameOf: file) ?? .toml) } ?? []
        lines[file] = found
        return found
    }

    private static func lines(_ text: [UInt8], _ format: ConfigFormat) -> [ArraySlice<UInt8>] {
        format == .binfmtD
            ? BinfmtDLines(text).lines : text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    }
}
