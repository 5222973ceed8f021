// SPDX-License-Identifier: Apache-2.0
import SystemPackage

extension DeclaredEntry {
    /// Makes the entry of an `[entry.NAME]` table, with the values of its preset and of `[qemu]` where it has none
    /// itself.
    ///
    /// - Parameters:
    ///   - qemu: the combined `[qemu]` settings, for QEMU presets.
    ///   - lines: the lines of binfmt.d(5) for QEMU's targets, which have what `[qemu]` does not say.
    convenience init(_ declaration: EntryDeclaration, qemu: QemuSettings, lines: [QemuTarget: DeclaredEntry]) {
        var preset: Preset?
        var recognition: Recognition?
        switch declaration.recognition {
        case .explicit(let explicit): recognition = explicit
        case .preset(let named):
            preset = named
            recognition = named.recognition
        case nil: break
        }
        let target = preset?.qemuTarget
        let line = target.flatMap { lines[$0] }
        self.init(
            name: declaration.name, layer: .entry, location: declaration.location, isEnabled: declaration.isEnabled,
            recognition: recognition,
            interpreters: declaration.interpreters ?? target.map { qemu.interpreters(for: $0, line) }
                ?? preset?.interpreters ?? [],
            flags: declaration.flags.applied(to: target.map { qemu.flags(for: $0, line) } ?? preset?.flags ?? []),
            priority: declaration.priority ?? target.map(qemu.priority) ?? preset?.priority ?? 0,
            allowsNative: declaration.allowsNative, allowsUnsafeInterpreter: declaration.allowsUnsafeInterpreter,
            qemuTarget: target)
    }

    /// Makes the entry of a target that `[qemu]` selects.
    convenience init(_ target: QemuTarget, qemu: QemuSettings) {
        let targets = qemu.targets?.value ?? .installed
        self.init(
            name: target.entryName, layer: targets.isOffer ? .offer : .qemuList,
            location: qemu.overrides[target]?.location ?? qemu.targets?.location, recognition: .magic(target.pattern),
            interpreters: qemu.interpreters(for: target), flags: qemu.flags(for: target),
            priority: qemu.priority(for: target), qemuTarget: target, needsInterpreter: targets == .installed)
    }
}
