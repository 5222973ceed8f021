// SPDX-License-Identifier: Apache-2.0
import LocatedTOML

/// A mistake in a TOML text, or in what it says, with its place.
public struct TOMLDecodingError: Error, Hashable, Sendable {
    /// The place of the value; of a missing key, that of the table that lacks it.
    public let position: SourcePosition

    /// The keys from the root on, array elements as their offsets; empty for a mistake in the text itself.
    public let path: [String]

    /// The kind of the mistake.
    public let reason: Reason

    /// The kinds of mistakes.
    public enum Reason: Hashable, Sendable {
        /// The text is not TOML.
        case syntax(TOMLError.Reason)
        /// The value has another type than is wanted; both with their articles.
        case wrongType(expected: String, found: String)
        /// A number that the type cannot hold.
        case outOfRange(String)
        /// The table lacks a key.
        case missingKey
        /// An array has fewer elements than are wanted.
        case missingElement
        /// A key that nothing reads, with a similar one that is read.
        case unknownKey(nearest: String?)
        /// A type refused the value, and said this.
        case invalid(String)
        /// Another error of a type's own initialiser, described.
        case other(String)
    }

    init(_ position: SourcePosition, _ path: [String], _ reason: Reason) {
        self.position = position
        self.path = path
        self.reason = reason
    }

    /// An error that a type's own initialiser threw.
    init(_ error: DecodingError, in table: TOMLTable) {
        let (context, reason): (DecodingError.Context, Reason) =
            switch error {
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                (context, .invalid(context.debugDescription))
            case .keyNotFound(let key, let context):
                (
                    DecodingError.Context(
                        codingPath: context.codingPath + [key], debugDescription: context.debugDescription),
                    .missingKey
                )
            @unknown default: (DecodingError.Context(codingPath: [], debugDescription: ""), .invalid("\(error)"))
            }
        self.init(table.position(of: context.codingPath), context.codingPath.map(\.name), reason)
    }
}

extension TOMLDecodingError: CustomStringConvertible {
    /// The place and the mistake: `3:9: 'limits.depth' must be an integer, not a string`.
    public var description: String { "\(position.line):\(position.column): \(problem)" }

    /// The mistake as a sentence without its place. A text from the file is quoted in it without control characters.
    public var problem: String {
        let name = "'\(path.joined(separator: ".").visible)'"
        return switch reason {
        case .syntax(let reason): "\(reason)"
        case .wrongType(let expected, let found): "\(name) must be \(expected), not \(found)"
        case .outOfRange(let number): "\(name) cannot be \(number)"
        case .missingKey: "\(name) is missing"
        case .missingElement: "\(name) is missing; the array is too short"
        case .unknownKey(let nearest?): "unknown key \(name) (did you mean '\(nearest.visible)'?)"
        case .unknownKey(nil): "unknown key \(name)"
        case .invalid(let text): "\(name) is invalid: \(text.visible)"
        case .other(let text): text.visible
        }
    }
}

extension TOMLTable {
    /// The place of the value at a path, or of the last table or array on the way to it.
    fileprivate func position(of path: [any CodingKey]) -> SourcePosition {
        var position = position
        var value: TOMLValue?
        var table: TOMLTable? = self
        for key in path {
            let next: TOMLValue?
            if let array = value?.array, let offset = key.intValue {
                next = array.indices.contains(offset) ? array[offset] : nil
            } else {
                next = table?[key.stringValue]
            }
            guard let next else { return position }
            position = next.position
            value = next
            table = next.table
        }
        return position
    }
}

extension CodingKey {
    var name: String { intValue.map(String.init) ?? stringValue }
}

extension String {
    /// The text, with the code point in place of each scalar that a terminal or a log could interpret.
    fileprivate var visible: String {
        unicodeScalars.reduce(into: "") { text, scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator:
                text += "<U+" + String(scalar.value, radix: 16, uppercase: true) + ">"
            default: text.unicodeScalars.append(scalar)
            }
        }
    }
}
