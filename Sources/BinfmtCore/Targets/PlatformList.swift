// SPDX-License-Identifier: Apache-2.0

/// The platforms whose programs run on a host, by Docker's names.
package struct PlatformList: Hashable, Sendable, CustomStringConvertible {
    /// The target of the host's own programs; nil if QEMU does not know it.
    private let own: QemuTarget?
    /// The variants of the host's own platform; only amd64 has any. Of an emulated processor they are not known.
    private let levels: [AMD64Level]
    private var others: Set<QemuTarget>

    /// - Parameters:
    ///   - own: the target of the host's own programs; nil if QEMU does not know it.
    ///   - others: the other targets whose programs run.
    ///   - levels: those of the processor.
    package init(own: QemuTarget?, others: Set<QemuTarget>, levels: [AMD64Level]) {
        self.own = own
        self.others = others
        self.levels = own?.platform == Self.amd64 ? levels : []
    }

    /// The list with more targets.
    package func adding(_ targets: some Sequence<QemuTarget>) -> PlatformList {
        var list = self
        list.others.formUnion(targets)
        return list
    }

    /// The targets whose programs run.
    package var targets: Set<QemuTarget> { own.map { others.union([$0]) } ?? others }

    /// The host's own platform, its variants, and the others in Docker's order.
    package var names: [String] {
        (own?.platforms ?? []) + levels.map { "\(Self.amd64)/\($0.rawValue)" } + otherNames
    }

    /// "linux/amd64 (v2, v3), linux/386".
    package var description: String {
        let variants = levels.isEmpty ? "" : " (\(levels.map(\.rawValue).joined(separator: ", ")))"
        return ((own?.platforms ?? []).map { $0 + variants } + otherNames).joined(separator: ", ")
    }

    private static let amd64 = "linux/amd64"

    private var otherNames: [String] {
        QemuTarget.inDockersOrder(others).filter { $0 != own }.flatMap(\.platforms)
    }
}
