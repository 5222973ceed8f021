// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import TOML

/// A place in a configuration file; `line` and `column` from 1, the column in Unicode scalars.
package struct SourceLocation: Hashable, Sendable, CustomStringConvertible {
    package let file: FilePath
    package let line: Int
    package let column: Int

    package init(file: FilePath, line: Int = 1, column: Int = 1) {
        self.file = file
        self.line = line
        self.column = column
    }

    init(file: FilePath, _ position: SourcePosition) {
        self.init(file: file, line: position.line, column: position.column)
    }

    /// The file and the line, for a table.
    package var place: String { "\(file.printable):\(line)" }

    package var description: String { "\(file):\(line):\(column)" }
}
