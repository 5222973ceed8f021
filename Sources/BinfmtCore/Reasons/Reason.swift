// SPDX-License-Identifier: Apache-2.0

/// Why something is as it is: a value that programs tell by its code and people read as a sentence.
package protocol Reason: CustomStringConvertible, Hashable, Sendable {
    /// The stable machine name of this kind of reason.
    var code: ReasonCode { get }
}
