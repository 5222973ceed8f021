// SPDX-License-Identifier: Apache-2.0
import SystemPackage

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

    package init(
        name: EntryName, layer: Layer, location: SourceLocation?, isEnabled: Bool = true, recognition: Recognition?,
        interpreters: [FilePath], flags: EntryFlags, priority: Int = 0, allowsNative: Bool = false,
        allowsUnsafeInterpreter: Bool = false, refusal: String? = nil, qemuTarget: QemuTarget? = nil,
        needsInterpreter: Bool = false
    ) {
        self.name = name
        self.layer = layer
        self.location = location
        self.isEnabled = isEnabled
        self.recognition = recognition
        self.interpreters = interpreters
        self.flags = flags
        self.priority = priority
        self.allowsNative = allowsNative
        self.allowsUnsafeInterpreter = allowsUnsafeInterpreter
        self.refusal = refusal
        self.qemuTarget = qemuTarget
        self.needsInterpreter = needsInterpreter
    }

    /// An entry that a file of another program's format declares in full.
    package convenience init(_ entry: Entry, layer: Layer, location: SourceLocation, refusal: String? = nil) {
        self.init(
            name: entry.name, layer: layer, location: location, recognition: entry.recognition,
            interpreters: [entry.interpreter], flags: entry.flags, refusal: refusal)
    }
}
