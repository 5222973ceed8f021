// SPDX-License-Identifier: Apache-2.0
import LocatedTOML

/// Decodes the tables of TOML files into types of your own. Every error has the line and column of the value or key.
public struct TOMLDecoder: Sendable {
    /// Whether a key that nothing read is an error. The keys of a dictionary are all read.
    public var rejectsUnknownKeys: Bool

    /// The version of TOML that a text is in.
    public var version: TOMLVersion

    /// The limits of a text.
    public var limits: TOMLLimits

    /// A decoder for TOML 1.1 that ignores keys that nothing reads.
    public init(rejectsUnknownKeys: Bool = false, version: TOMLVersion = .v1_1, limits: TOMLLimits = .standard) {
        self.rejectsUnknownKeys = rejectsUnknownKeys
        self.version = version
        self.limits = limits
    }

    /// Decodes the content of a file.
    ///
    /// - Throws: The first mistake in the text, or in what it says.
    public func decode<Value: Decodable>(
        _ type: Value.Type = Value.self, from text: String
    ) throws(TOMLDecodingError) -> Value {
        try decode(type, from: Array(text.utf8))
    }

    /// Decodes the content of a file, in UTF-8 with or without a byte order mark.
    ///
    /// - Throws: The first mistake in the text, or in what it says.
    public func decode<Value: Decodable>(
        _ type: Value.Type = Value.self, from bytes: [UInt8]
    ) throws(TOMLDecodingError) -> Value {
        let document: TOMLDocument
        do { document = try TOMLDocument(parsing: bytes, version: version, limits: limits) } catch {
            throw TOMLDecodingError(error.position, [], .syntax(error.reason))
        }
        return try decode(type, from: document.table)
    }

    /// Decodes a table that is already read, such as that of a recovered document.
    ///
    /// - Throws: The first mistake in what it says.
    public func decode<Value: Decodable>(
        _ type: Value.Type = Value.self, from table: TOMLTable
    ) throws(TOMLDecodingError) -> Value {
        let usage = KeyUsage()
        let value: Value
        do {
            value = try ValueDecoder(.root(table), usage).decode(type)
        } catch let error as TOMLDecodingError {
            throw error
        } catch let error as DecodingError {
            throw TOMLDecodingError(error, in: table)
        } catch {
            throw TOMLDecodingError(table.position, [], .other("\(error)"))
        }
        if rejectsUnknownKeys, let unknown = usage.firstUnknown {
            throw TOMLDecodingError(unknown.key.position, unknown.path, .unknownKey(nearest: unknown.nearest))
        }
        return value
    }
}
