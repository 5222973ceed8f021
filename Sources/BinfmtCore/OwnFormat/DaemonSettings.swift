// SPDX-License-Identifier: Apache-2.0

/// The keys of `[daemon]` in one file, or in all files once merged; nil where a key is missing.
package struct DaemonSettings: Hashable, Sendable {
    /// What to do with entries that neither this configuration nor an earlier pass registered.
    package enum ForeignPolicy: String, CaseIterable, Sendable {
        /// Leave them alone.
        case keep
        /// Restore them when a flush of the whole table removed them.
        case protect
        /// Unregister them.
        case remove
    }

    var foreign: ForeignPolicy?
    var binfmtD: Bool?
    var binfmts: Bool?

    /// The policy in effect.
    package var foreignPolicy: ForeignPolicy { foreign ?? .keep }
    /// Whether the entries of the binfmt.d(5) directories are declared, too.
    package var readsBinfmtD: Bool { binfmtD ?? true }
    /// Whether the entries of Debian's /usr/share/binfmts are declared, too.
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
                let hint = Spelling.hint(for: text.value, among: ForeignPolicy.allCases.map(\.rawValue))
                reader.complain(
                    .invalidValue, at: text.location,
                    "'foreign' must be \"keep\", \"protect\" or \"remove\", not \"\(text.value)\"\(hint)")
            }
        }
        binfmtD = reader.boolean("binfmt-d")?.value
        binfmts = reader.boolean("binfmts")?.value
        reader.rejectUnknownKeys()
    }
}
