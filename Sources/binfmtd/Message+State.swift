// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

extension Message {
    /// A message with the state of one entry.
    init(state item: Plan.Item) {
        let interpreter = item.desired?.entry.interpreter ?? item.observed?.understood?.interpreter
        let text =
            "Entry '\(item.name)' is \(item.state.rawValue)" + (interpreter.map { ": \($0.printable)" } ?? "")
            + (item.reason.map { " (\($0))" } ?? "")
        self.init(.info, .state, text, [.init("BINFMT_ENTRY", item.name.description)])
    }
}
