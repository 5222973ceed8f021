// SPDX-License-Identifier: Apache-2.0

/// A value and the place in a file where it was read.
package struct Located<Value> {
    package let value: Value
    package let location: SourceLocation
}

extension Located: Sendable where Value: Sendable {}
extension Located: Equatable where Value: Equatable {}
