// SPDX-License-Identifier: Apache-2.0

/// Declared entries as a file of binfmt.d(5), for systemd-binfmt: the one that is asked last first.
package struct BinfmtDExport: Sendable {
    package let text: String
    /// Entries that could not be written as lines, each with the reason.
    package let lost: [(entry: DeclaredEntry, reason: String)]
    /// How many lines declare an entry.
    package let count: Int

    package init(_ desired: DesiredState) {
        // What would be registered if the kernel had nothing: no offer that yields to what is declared.
        let plan = Plan(desired, ObservedState(isEnabled: true, entries: []), Ownership())
        var lost: [(DeclaredEntry, String)] = []
        var lines: [String] = []
        for wanted in plan.wanted {
            if let line = wanted.desired.registerString.flatMap(Self.line) {
                lines.append(line)
            } else {
                lost.append((wanted.desired.declared, "its register string is not text"))
            }
        }
        count = lines.count
        for withheld in desired.withheld where withheld.state != .disabled {
            lost.append((withheld.declared, withheld.reason))
        }
        self.lost = lost
        let comments = lost.flatMap { declared, reason in
            ["# \(declared.name): " + Array(reason.utf8).printable]
                + (declared.entry.map { ["#   \($0.registerText)"] } ?? [])
        }
        text = (["# Written by binfmtctl \(Version.current)."] + lines + comments).map { $0 + "\n" }.joined()
    }

    /// A long pattern is written in raw bytes, which may be none of a text's.
    private static func line(_ string: RegisterString) -> String? {
        guard let text = string.bytes.text, !text.hasControl else { return nil }
        return text
    }
}

extension DeclaredEntry {
    /// What it would be with the first of its interpreters.
    fileprivate var entry: Entry? {
        guard let recognition, let interpreter = interpreters.first else { return nil }
        return Entry(name: name, recognition: recognition, interpreter: interpreter, flags: flags)
    }
}
