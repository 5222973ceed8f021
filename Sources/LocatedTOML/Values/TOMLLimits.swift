// SPDX-License-Identifier: Apache-2.0

/// The limits of a file. Exceeding one is an error, never a crash.
///
/// The specification sets none of these. They bound memory and the depth of recursion: no tree is deeper than
/// `2 * keyParts` tables and arrays of a header, `keyParts` of a dotted key and `nesting` of its value.
public struct TOMLLimits: Hashable, Sendable {
    /// The limits of a reader that is given none.
    public static let standard = TOMLLimits()

    /// The maximum size of a file, in bytes, up to 2 GiB.
    public var fileSize: Int {
        didSet { fileSize = Self.clamp(fileSize, to: Self.largestFileSize) }
    }

    /// The maximum nesting of arrays and inline tables, counted together, up to 256.
    ///
    /// In an inline table each dot of a dotted key counts as one level too, because it makes a table.
    public var nesting: Int {
        didSet { nesting = Self.clamp(nesting, to: Self.deepestNesting) }
    }

    /// The maximum number of parts of a dotted key or of the name in a header, 1 to 256.
    public var keyParts: Int {
        didSet { keyParts = max(1, Self.clamp(keyParts, to: Self.deepestNesting)) }
    }

    /// The maximum number of errors that a recovering reader lists, at least 1; it stops reading at the last one.
    public var errors: Int {
        didSet { errors = max(1, errors) }
    }

    /// Limits with some of the standard values replaced. A value beyond what a limit can be is the nearest that it can.
    public init(fileSize: Int = 1 << 20, nesting: Int = 64, keyParts: Int = 64, errors: Int = 64) {
        self.fileSize = Self.clamp(fileSize, to: Self.largestFileSize)
        self.nesting = Self.clamp(nesting, to: Self.deepestNesting)
        self.keyParts = max(1, Self.clamp(keyParts, to: Self.deepestNesting))
        self.errors = max(1, errors)
    }

    /// Lines, columns and offsets are kept in 32 bits.
    private static let largestFileSize = Int(Int32.max)
    /// Deeper values would need more than a few hundred kilobytes of stack, which a thread may not have.
    private static let deepestNesting = 256

    private static func clamp(_ value: Int, to limit: Int) -> Int { min(max(0, value), limit) }
}
