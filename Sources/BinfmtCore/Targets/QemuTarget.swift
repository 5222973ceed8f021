// SPDX-License-Identifier: Apache-2.0

/// An architecture that QEMU's user-mode emulation supports, with the pattern of its programs
/// (`scripts/qemu-binfmt-conf.sh` of QEMU 10.2, with the correction that ``table`` notes).
package final class QemuTarget: Hashable, Sendable {
    /// QEMU's name, as in `qemu-NAME`.
    package let name: String
    /// Targets of one family may run on the same processor; only a test shows which do.
    package let family: String
    package let identity: ELFIdentity
    package let pattern: MagicPattern
    /// Docker's name, such as `linux/arm64`; nil if Docker has none.
    package let platform: String?
    /// Its other names: Docker's, Debian's, uname's.
    package let aliases: [String]

    /// What replaces `{target}` in an interpreter's path.
    package var interpreterName: String { name == "i486" ? "i386" : name }

    private init?(_ row: Row) {
        guard let pattern = row.pattern else { return nil }
        name = row.name
        family = row.family
        identity = row.identity
        self.pattern = pattern
        platform = row.docker.map { "linux/" + $0 }
        aliases = row.aliases + (row.docker.map { [$0] } ?? [])
    }

    package static func == (a: QemuTarget, b: QemuTarget) -> Bool { a === b }
    package func hash(into hasher: inout Hasher) { hasher.combine(name) }

    /// All targets that QEMU has, in its order.
    package static let all: [QemuTarget] = table.compactMap(QemuTarget.init)

    /// These and those that QEMU dropped, whose emulators a host may still have.
    package static let known: [QemuTarget] = all + dropped.compactMap(QemuTarget.init)

    private static let byName: [String: QemuTarget] = {
        var targets: [String: QemuTarget] = [:]
        for target in known {
            for name in target.aliases + [target.name] { targets[name] = target }
        }
        return targets
    }()

    /// The target with this name, which may be QEMU's, Docker's (`arm64`, `linux/arm/v7`), Debian's or uname's.
    package static func named(_ text: String) -> QemuTarget? { byName[text] ?? byName[short(text)] }

    /// The target that a name on a command line stands for: its own, or that of its entry, `qemu-TARGET`.
    package static func meant(by text: String) -> QemuTarget? {
        named(text) ?? named(byEntry: EntryName(observed: text.utf8))
    }

    /// The name of the entry for its programs.
    package var entryName: EntryName { EntryName(observed: "qemu-\(name)".utf8) }

    /// The target that an entry's name stands for: `qemu-TARGET`, by any of the target's names.
    package static func named(byEntry name: EntryName) -> QemuTarget? {
        guard name.bytes.starts(with: entryPrefix) else { return nil }
        return name.bytes.dropFirst(entryPrefix.count).text.flatMap(named)
    }

    private static let entryPrefix = Array("qemu-".utf8)

    /// Every name that ``named(_:)`` accepts.
    package static var allNames: some Collection<String> { byName.keys }
}
