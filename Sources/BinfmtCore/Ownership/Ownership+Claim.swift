// SPDX-License-Identifier: Apache-2.0

extension Ownership {
    /// Whose an entry of the kernel is, by the record of its name.
    enum Claim: Hashable, Sendable {
        /// Ours: it is the recorded registration.
        case recorded
        /// Ours: its registration was announced, and not recorded yet.
        case announced
        /// Foreign: another program has registered the name since.
        case superseded
        /// Foreign: there is no record, or no entry.
        case none

        init(_ record: Record?, on found: ObservedEntry?) {
            guard let record, let found else {
                self = .none
                return
            }
            switch record.registration {
            case nil: self = .announced
            case found.registration: self = .recorded
            default: self = .superseded
            }
        }

        var isOurs: Bool { self == .recorded || self == .announced }
    }
}
