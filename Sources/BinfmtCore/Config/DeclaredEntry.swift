// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// Where a declaration comes from; a higher layer hides a lower one's entry of the same name.
package enum Layer: Int, Comparable, Sendable {
    /// A `[qemu]` whose `targets` is a word.
    case offer
    /// Debian's /usr/share/binfmts.
    case binfmts
    /// The binfmt.d(5) directories.
    case binfmtD
    /// A `[qemu]` that lists its targets.
    case qemuList
    /// An `[entry.NAME]`.
    case entry

    package static func < (a: Layer, b: Layer) -> Bool { a.rawValue < b.rawValue }
}

/// An entry as the whole configuration declares it, every value settled but for what only the host can tell.
///
/// It never changes; as a class it is handed on without a copy of all its parts, which were a tenth of a first pass.
package final class DeclaredEntry: Sendable {
    package let name: EntryName
    package let layer: Layer
    /// Where it is declared; nil for what the built-in `[qemu]` offers.
    package let location: SourceLocation?
    package let isEnabled: Bool
    /// Nil only where `isEnabled` is false.
    package let recognition: Recognition?
    /// Paths of interpreters, the first that exists.
    package let interpreters: [FilePath]
    package let flags: EntryFlags
    /// Higher is asked first.
    package let priority: Int
    package let allowsNative: Bool
    package let allowsUnsafeInterpreter: Bool
    package let refusal: String?
    /// The QEMU target whose programs it is for, where `[qemu]` made it.
    package let qemuTarget: QemuTarget?
    /// Whether it exists only where one of its interpreters does (`targets = "installed"`).
    package let needsInterpreter: Bool

    /// Whether it steps back behind whatever else has its files.
    package var isOffer: Bool { layer == .offer }

    /// Settles what `[entry.NAME]` says.
    ///
    /// - Parameter qemu: all files' `[qemu]`, for presets that are QEMU's.
    init(_ declaration: EntryDeclaration, qemu: QemuSettings) {
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
        name = declaration.name
        layer = .entry
        location = declaration.location
        isEnabled = declaration.isEnabled
        self.recognition = recognition
        interpreters = declaration.interpreters ?? target.map(qemu.interpreters) ?? preset?.interpreters ?? []
        flags = declaration.flags.applied(to: target.map(qemu.flags) ?? preset?.flags ?? [])
        priority = declaration.priority ?? target.map(qemu.priority) ?? preset?.priority ?? 0
        allowsNative = declaration.allowsNative
        allowsUnsafeInterpreter = declaration.allowsUnsafeInterpreter
        refusal = nil
        qemuTarget = nil
        needsInterpreter = false
    }

    /// An entry that a file of another program's format says all of.
    init(_ entry: Entry, layer: Layer, location: SourceLocation, refusal: String? = nil) {
        name = entry.name
        self.layer = layer
        self.location = location
        isEnabled = true
        recognition = entry.recognition
        interpreters = [entry.interpreter]
        flags = entry.flags
        priority = 0
        allowsNative = false
        allowsUnsafeInterpreter = false
        self.refusal = refusal
        qemuTarget = nil
        needsInterpreter = false
    }

    /// An entry that `[qemu]` makes.
    init(_ target: QemuTarget, name: EntryName, qemu: QemuSettings) {
        let targets = qemu.targets?.value ?? .installed
        self.name = name
        layer = targets.isOffer ? .offer : .qemuList
        location = qemu.overrides[target]?.location ?? qemu.targets?.location
        isEnabled = true
        recognition = .magic(target.pattern)
        interpreters = qemu.interpreters(for: target)
        flags = qemu.flags(for: target)
        priority = qemu.priority(for: target)
        allowsNative = false
        allowsUnsafeInterpreter = false
        refusal = nil
        qemuTarget = target
        needsInterpreter = targets == .installed
    }
}
