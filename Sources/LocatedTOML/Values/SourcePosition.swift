// SPDX-License-Identifier: Apache-2.0

/// A place in a TOML file, as an editor shows it.
///
/// A byte order mark at the start of the file takes no column; a tab takes one.
public struct SourcePosition: Hashable, Comparable, Sendable {
    private let line32: UInt32
    private let column32: UInt32

    /// The line, from 1. A line ends with LF or CR LF.
    public var line: Int { Int(line32) }

    /// The column, from 1, in Unicode scalars, not in bytes or terminal cells.
    public var column: Int { Int(column32) }

    /// The position at a line and column, both from 1.
    public init(line: Int, column: Int) {
        line32 = UInt32(clamping: line)
        column32 = UInt32(clamping: column)
    }

    /// Whether the first position is before the second in the file.
    public static func < (first: SourcePosition, second: SourcePosition) -> Bool {
        (first.line32, first.column32) < (second.line32, second.column32)
    }
}
