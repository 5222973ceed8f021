// SPDX-License-Identifier: Apache-2.0

extension Change.Kind {
    /// The sign that a plan shows before the entry.
    package var symbol: String {
        switch self {
        case .serve: "»"
        case .restore: "<"
        case .register: "+"
        case .replace: "~"
        case .reorder: "^"
        case .enable: "!"
        case .unregister: "-"
        }
    }

    /// What has been done, as a participle.
    package var participle: String {
        switch self {
        case .serve: "restored"
        case .restore: "restored"
        case .register: "registered"
        case .replace: "replaced"
        case .reorder: "moved ahead"
        case .enable: "enabled"
        case .unregister: "unregistered"
        }
    }
}
