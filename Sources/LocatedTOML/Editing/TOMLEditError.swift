// SPDX-License-Identifier: Apache-2.0

/// Why an edit is not possible.
public enum TOMLEditError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The path leads to nothing, or to a place that the editor does not change.
    case noSuchPlace
    /// The file would no longer be valid.
    case invalidResult(TOMLError)

    /// The reason as a fragment of a sentence.
    public var description: String {
        switch self {
        case .noSuchPlace: "the value has no place that can be edited"
        case .invalidResult(let error): "the file would be invalid: \(error)"
        }
    }
}
