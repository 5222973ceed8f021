// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

extension EntryState {
    var mark: String {
        switch self {
        case .active: "●"
        case .pending, .stale, .suspended: "◐"
        case .refused, .failed: "✗"
        case .native, .waiting, .shadowed, .yielded, .disabled, .masked, .foreign: "○"
        }
    }

    var color: Terminal.Style {
        switch self {
        case .active: .green
        case .pending, .stale, .suspended, .waiting: .yellow
        case .refused, .failed: .red
        case .native, .shadowed, .yielded, .disabled, .masked, .foreign: .plain
        }
    }
}
