// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

extension Message {
    /// A message with the state of one entry.
    init(state item: Plan.Item) {
        let entry = item.desired?.entry ?? item.observed?.understood
        let text =
            "Entry '\(item.name)' is \(item.state.rawValue)" + (entry.map { ": \($0.interpreterText)" } ?? "")
            + (item.reason.map { " (\($0))" } ?? "")
        self.init(.info, .state, text, [.init("BINFMT_ENTRY", item.name.description)])
    }
}
