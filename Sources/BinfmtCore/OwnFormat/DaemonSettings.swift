// SPDX-License-Identifier: Apache-2.0

/// What `[daemon]` says in one file, or in all together once merged; nil where it says nothing.
package struct DaemonSettings: Hashable, Sendable {
    /// What to do with entries that neither this configuration nor an earlier pass registered.
    package enum ForeignPolicy: String, CaseIterable, Sendable {
        /// Leave them alone.
        case keep
        /// Put them back when a flush of the whole table took them.
        case protect
        /// Unregister them.
        case remove
    }

    var foreign: ForeignPolicy?
    var binfmtD: Bool?
    var binfmts: Bool?

    /// What holds for foreign entries.
    package var foreignPolicy: ForeignPolicy { foreign ?? .keep }
    /// Whether the entries of the binfmt.d(5) directories are declared, too.
    package var readsBinfmtD: Bool { binfmtD ?? true }
    /// Whether those of Debian's /usr/share/binfmts are.
    package var readsBinfmts: Bool { binfmts ?? false }

    func over(_ lower: DaemonSettings) -> DaemonSettings {
        DaemonSettings(
            foreign: foreign ?? lower.foreign, binfmtD: binfmtD ?? lower.binfmtD, binfmts: binfmts ?? lower.binfmts)
    }
}

extension DaemonSettings {
    /// - Parameter reader: over the table `[daemon]`.
    init(_ reader: inout TableReader) {
        if let text = reader.string("foreign") {
            foreign = ForeignPolicy(rawValue: text.value)
            if foreign == nil {
                let words = ForeignPolicy.allCases.map(\.rawValue)
                let hint = Spelling.hint(for: text.value, among: words)
                let problem = "'foreign' must be \"keep\", \"protect\" or \"remove\", not \"\(text.value)\"\(hint)"
                reader.complain(.invalidValue, at: text.location, problem)
            }
        }
        binfmtD = reader.boolean("binfmt-d")?.value
        binfmts = reader.boolean("binfmts")?.value
        reader.rejectUnknownKeys()
    }
}
