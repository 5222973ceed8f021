// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// An entry as all configuration files together declare it, before anything is known of the host.
/// Reference type; see docs/performance.md.
package final class DeclaredEntry: Sendable {
    package let name: EntryName
    package let layer: Layer
    /// Where it is declared; nil for what the built-in `[qemu]` offers.
    package let location: SourceLocation?
    package let isEnabled: Bool
    /// Whether it is not enabled because another program is to enable it (`D` in binfmt.d(5)).
    package let isRegisteredDisabled: Bool
    /// Nil only where `isEnabled` is false.
    package let recognition: Recognition?
    /// The candidates for its interpreter, best first: the first that exists is taken. Of an entry of type `B`, all the
    /// interpreters that its handler may choose.
    package let interpreters: [FilePath]
    package let flags: EntryFlags
    /// Higher is asked first.
    package let priority: Int
    package let allowsNative: Bool
    package let allowsUnsafeInterpreter: Bool
    /// The detector that decides which files it is for, where the program that asks detectors is not installed.
    package let missingDetector: String?
    /// The QEMU target whose programs it is for, where `[qemu]` or a preset `qemu-TARGET` made it.
    package let qemuTarget: QemuTarget?
    /// Whether it is declared only where an interpreter is installed (`targets = "installed"`).
    package let needsInterpreter: Bool

    /// Whether it yields to any other entry that has its files.
    package var isOffer: Bool { layer == .offer }

    /// The candidates for each interpreter that it needs: an entry of type `B` needs them all.
    package var candidates: [[FilePath]] { recognition?.handler == nil ? [interpreters] : interpreters.map { [$0] } }

    /// Whether the same files are looked up for it as for another entry, and judged alike: a cheap question for entries that
    /// share a path in memory.
    package func hasSameCandidates(as other: DeclaredEntry) -> Bool {
        interpreters == other.interpreters && allowsUnsafeInterpreter == other.allowsUnsafeInterpreter
            && isOffer == other.isOffer && (recognition?.handler == nil) == (other.recognition?.handler == nil)
    }

    package var form: DeclarationForm { layer == .entry ? .table : .other(name) }

    package init(
        name: EntryName, layer: Layer, location: SourceLocation?, isEnabled: Bool = true, recognition: Recognition?,
        interpreters: [FilePath], flags: EntryFlags, priority: Int = 0, allowsNative: Bool = false,
        allowsUnsafeInterpreter: Bool = false, missingDetector: String? = nil, qemuTarget: QemuTarget? = nil,
        needsInterpreter: Bool = false, isRegisteredDisabled: Bool = false
    ) {
        self.isRegisteredDisabled = isRegisteredDisabled
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
        self.missingDetector = missingDetector
        self.qemuTarget = qemuTarget
        self.needsInterpreter = needsInterpreter
    }

    /// An entry that a file of another program's format declares in full.
    package convenience init(
        _ entry: Entry, layer: Layer, location: SourceLocation, missingDetector: String? = nil,
        isRegisteredDisabled: Bool = false
    ) {
        self.init(
            name: entry.name, layer: layer, location: location, isEnabled: !isRegisteredDisabled,
            recognition: entry.recognition, interpreters: entry.namedInterpreters,
            flags: entry.flags, missingDetector: missingDetector, isRegisteredDisabled: isRegisteredDisabled)
    }
}
