// SPDX-License-Identifier: Apache-2.0

/// A TOML 1.0.0 file: its table tree and its errors.
public struct TOMLDocument: Sendable {
    /// The root table.
    public let table: TOMLTable

    /// The errors in the order of their positions, at most ``TOMLLimits/errors``; none from ``init(parsing:)``.
    public let errors: [TOMLError]

    /// Reads a file that must be valid as a whole.
    ///
    /// - Parameters:
    ///   - bytes: The content of the file, UTF-8 with or without a byte order mark.
    ///   - limit: The largest file to take, in bytes.
    /// - Throws: The first error.
    public init(parsing bytes: [UInt8], limit: Int = TOMLLimits.fileSize) throws(TOMLError) {
        try Self.checkSize(of: bytes, limit)
        var scanner = Scanner(bytes)
        var builder = TableBuilder()
        while scanner.next != nil { try builder.apply(try scanner.readStatement()) }
        table = builder.root.frozen
        errors = []
    }

    /// Reads the valid parts of a file, and lists its errors.
    ///
    /// After an error in a pair whose end is certain, reading continues after that pair; after any other error, at the
    /// next line that begins with `[`, with or without blanks before it. Skipped text belongs to no table, and the
    /// table that lacks it is marked as ``TOMLTable/isDamaged``. A file beyond the size limit is not read at all.
    ///
    /// - Parameter bytes: The content of the file, UTF-8 with or without a byte order mark.
    public init(recovering bytes: [UInt8]) {
        var reader = RecoveringReader(bytes)
        do {
            try Self.checkSize(of: bytes, TOMLLimits.fileSize)
            reader.read()
        } catch {
            reader.giveUp(error)
        }
        table = reader.builder.root.frozen
        errors = reader.errors
    }

    private static func checkSize(of bytes: [UInt8], _ limit: Int) throws(TOMLError) {
        guard bytes.count > limit else { return }
        let start = SourcePosition(line: 1, column: 1)
        throw TOMLError(position: start, reason: .fileTooLarge(byteCount: bytes.count))
    }
}
