// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import LocatedTOML

/// A place in a configuration file, or the file as a whole; `line` and `column` from 1, the column in Unicode scalars.
package struct SourceLocation: Hashable, Sendable, CustomStringConvertible {
    package let file: FilePath
    /// 0 for the file as a whole, as is the column.
    package let line: Int
    package let column: Int

    package init(file: FilePath) { self.init(file: file, line: 0, column: 0) }

    package init(file: FilePath, line: Int, column: Int = 1) {
        self.file = file
        self.line = line
        self.column = column
    }

    init(file: FilePath, _ position: SourcePosition) {
        self.init(file: file, line: position.line, column: position.column)
    }

    /// The place that a text has which begins here.
    ///
    /// - Parameter place: its place, if the text began in line 1 and column 1.
    func advanced(to place: SourcePosition) -> SourceLocation {
        SourceLocation(
            file: file, line: line + place.line - 1, column: place.line == 1 ? column + place.column - 1 : place.column)
    }

    /// The file and the line, for a table.
    package var place: String { isWholeFile ? file.printable : "\(file.printable):\(line)" }

    package var description: String { isWholeFile ? file.printable : "\(file.printable):\(line):\(column)" }

    /// Whether it is no place in the file, as of a file that cannot be read.
    package var isWholeFile: Bool { line == 0 }
}
