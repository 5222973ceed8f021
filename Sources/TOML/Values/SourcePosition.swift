// SPDX-License-Identifier: Apache-2.0

/// A place in a TOML file, as an editor shows it.
///
/// A byte order mark at the start of the file takes no column; a tab takes one.
public struct SourcePosition: Hashable, Comparable, Sendable {
    /// The line, from 1. A line ends with LF or CR LF.
    public let line: Int

    /// The column, from 1, in Unicode scalars, not in bytes or terminal cells.
    public let column: Int

    /// The position at a line and column, both from 1.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// Whether the first position is before the second in the file.
    public static func < (first: SourcePosition, second: SourcePosition) -> Bool {
        (first.line, first.column) < (second.line, second.column)
    }
}
