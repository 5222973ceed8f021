// SPDX-License-Identifier: Apache-2.0

/// An architecture that QEMU's user-mode emulation knows, with the pattern of its programs
/// (`scripts/qemu-binfmt-conf.sh` of QEMU 10.2, with the correction that ``table`` notes).
package final class QemuTarget: Hashable, Sendable {
    /// QEMU's name, as in `qemu-NAME`.
    package let name: String
    /// Targets of one family may run on the same processor, which only trying can tell.
    package let family: String
    package let identity: ELFIdentity
    package let pattern: MagicPattern
    /// As Docker writes it, such as `linux/arm64`; nil where Docker has no word for it.
    package let platform: String?
    /// The other names under which it is known: Docker's, Debian's, uname's.
    package let aliases: [String]

    /// What stands for `{target}` in an interpreter's path.
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

    /// All targets, in QEMU's order.
    package static let all: [QemuTarget] = table.compactMap(QemuTarget.init)

    private static let byName: [String: QemuTarget] = {
        var targets: [String: QemuTarget] = [:]
        for target in all {
            for name in target.aliases + [target.name] { targets[name] = target }
        }
        return targets
    }()

    /// The target that somebody calls `text`: QEMU's, Docker's (`arm64`, `linux/arm/v7`), Debian's or uname's name.
    package static func named(_ text: String) -> QemuTarget? {
        byName[text] ?? (text.hasPrefix("linux/") ? byName[String(text.dropFirst(6))] : nil)
    }

    /// Every name that ``named(_:)`` knows.
    package static var allNames: some Collection<String> { byName.keys }
}
