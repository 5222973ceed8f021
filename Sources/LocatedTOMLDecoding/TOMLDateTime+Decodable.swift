// SPDX-License-Identifier: Apache-2.0
import LocatedTOML

extension TOMLOffsetDateTime: Decodable {
    /// Only ``TOMLDecoder`` has a value of this type.
    public init(from decoder: any Decoder) throws { self = try decoder.tomlScalar() }
}

extension TOMLLocalDateTime: Decodable {
    /// Only ``TOMLDecoder`` has a value of this type.
    public init(from decoder: any Decoder) throws { self = try decoder.tomlScalar() }
}

extension TOMLLocalDate: Decodable {
    /// Only ``TOMLDecoder`` has a value of this type.
    public init(from decoder: any Decoder) throws { self = try decoder.tomlScalar() }
}

extension TOMLLocalTime: Decodable {
    /// Only ``TOMLDecoder`` has a value of this type.
    public init(from decoder: any Decoder) throws { self = try decoder.tomlScalar() }
}

extension Decoder {
    fileprivate func tomlScalar<Value>() throws -> Value {
        if let decoder = self as? ValueDecoder, let value = try decoder.scalar(Value.self) { return value }
        throw DecodingError.typeMismatch(
            Value.self,
            DecodingError.Context(codingPath: codingPath, debugDescription: "only TOML has a \(Value.self)"))
    }
}
