// SPDX-License-Identifier: Apache-2.0

/// A TOML file: its table tree and its errors.
public struct TOMLDocument: Equatable, Sendable {
    /// The root table.
    public let table: TOMLTable

    /// The errors in the order of their positions, at most ``TOMLLimits/errors``; none from ``init(parsing:)``.
    public let errors: [TOMLError]

    /// Reads a file that must be valid as a whole.
    ///
    /// - Parameters:
    ///   - bytes: The content of the file, UTF-8 with or without a byte order mark.
    ///   - version: The version of TOML that the file is in.
    ///   - limits: The limits of the file.
    /// - Throws: The first error.
    public init(
        parsing bytes: [UInt8], version: TOMLVersion = .v1_1, limits: TOMLLimits = .standard
    ) throws(TOMLError) {
        try Self.checkSize(of: bytes, limits)
        var scanner = Scanner(bytes, version, limits)
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
    /// - Parameters:
    ///   - bytes: The content of the file, UTF-8 with or without a byte order mark.
    ///   - version: The version of TOML that the file is in.
    ///   - limits: The limits of the file.
    public init(recovering bytes: [UInt8], version: TOMLVersion = .v1_1, limits: TOMLLimits = .standard) {
        var reader = RecoveringReader(bytes, version, limits)
        do {
            try Self.checkSize(of: bytes, limits)
            reader.read()
        } catch {
            reader.giveUp(error)
        }
        table = reader.builder.root.frozen
        errors = reader.errors
    }

    /// Reads a text that must be valid as a whole, as ``init(parsing:version:limits:)-([UInt8],_,_)``.
    ///
    /// - Throws: The first error.
    public init(
        parsing text: String, version: TOMLVersion = .v1_1, limits: TOMLLimits = .standard
    ) throws(TOMLError) {
        try self.init(parsing: Array(text.utf8), version: version, limits: limits)
    }

    /// Reads the valid parts of a text, as ``init(recovering:version:limits:)-([UInt8],_,_)``.
    public init(recovering text: String, version: TOMLVersion = .v1_1, limits: TOMLLimits = .standard) {
        self.init(recovering: Array(text.utf8), version: version, limits: limits)
    }

    private static func checkSize(of bytes: [UInt8], _ limits: TOMLLimits) throws(TOMLError) {
        guard bytes.count > limits.fileSize else { return }
        let start = SourcePosition(line: 1, column: 1)
        throw TOMLError(position: start, reason: .fileTooLarge(byteCount: bytes.count, limit: limits.fileSize))
    }
}
