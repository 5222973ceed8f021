// SPDX-License-Identifier: Apache-2.0

/// Declared entries as a file of binfmt.d(5), for systemd-binfmt, in the order of registration.
package struct BinfmtDExport: Sendable {
    package let text: String
    /// Entries that are comments and not lines, each with the reason.
    package let lost: [(entry: DeclaredEntry, reason: WithheldReason)]
    /// The number of lines that declare an entry.
    package let count: Int

    package init(_ desired: DesiredState) {
        // What would be registered into an empty table, so without the offers that yield to declared entries.
        let plan = Plan(desired, ObservedState(isEnabled: true, entries: []), Ownership())
        var lost: [(DeclaredEntry, WithheldReason)] = []
        var lines: [String] = []
        for wanted in plan.wanted {
            let string = wanted.desired.registerString
            if string?.isDisabled == true {
                lost.append((wanted.desired.declared, .boundInterpreters))
            } else if let line = string.flatMap(Self.line) {
                lines.append(line)
            } else {
                lost.append((wanted.desired.declared, .registerStringNotText))
            }
        }
        count = lines.count
        for withheld in desired.withheld where !withheld.state.isAsDeclared {
            lost.append((withheld.declared, withheld.reason))
        }
        self.lost = lost
        let comments = lost.flatMap { declared, reason in
            ["# \(declared.name): " + Array("\(reason)".utf8).printable]
                + (declared.entry.map { ["#   \($0.registerText)"] } ?? [])
        }
        text = (["# Written by binfmtctl \(Version.current)."] + lines + comments).map { $0 + "\n" }.joined()
    }

    private static func line(_ string: RegisterString) -> String? {
        guard let text = string.bytes.text, !text.hasControl else { return nil }
        return text
    }
}
